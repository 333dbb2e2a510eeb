using System.IO.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Parity;

/// <summary>A pack's bytes, from first to last → its parity file.</summary>
/// <remarks>Memory: the parity cells, and four cells a group. For one thread.</remarks>
internal sealed class ParityEncoder
{
    private const int Rows = CellProducts.AtOnce;

    private readonly PackId _pack;
    private readonly ParityLayout _layout;
    private readonly byte[] _sums;          // parity cell j of group g at (j × groups + g) cells
    private readonly byte[] _stripe;        // four rows of one cell a group
    private readonly uint[] _checksums;     // of each cell of the pack
    private int _filled, _row;

    /// <param name="pack">The pack.</param>
    /// <param name="layout">How it is cut.</param>
    public ParityEncoder(PackId pack, ParityLayout layout)
    {
        (_pack, _layout) = (pack, layout);
        _sums = new byte[layout.Groups * layout.ParityCells * layout.CellSize];
        _stripe = new byte[Rows * layout.Groups * layout.CellSize];
        _checksums = new uint[layout.Cells];
    }

    /// <summary>Where the next bytes of the pack are to be put; then call <see cref="Advance"/>.</summary>
    public Memory<byte> Free => _stripe.AsMemory(_filled);

    /// <summary>So many bytes were put to <see cref="Free"/>; all of them but at the pack's end.</summary>
    public void Advance(int count)
    {
        _filled += count;
        if (_filled == _stripe.Length)
        {
            AddStripe();
        }
    }

    /// <summary>The parity file, after all of the pack was given.</summary>
    public byte[] Finish()
    {
        if (_filled > 0)
        {
            _stripe.AsSpan(_filled).Clear();
            AddStripe();
        }

        int length = ParityRecord.LengthOf(_layout), cell = _layout.CellSize;
        byte[] file = new byte[_layout.Groups * _layout.ParityCells * length];
        for (int at = 0; at < _layout.Groups * _layout.ParityCells; at++)
        {
            int group = at % _layout.Groups;
            var checksums = new uint[_layout.DataCellsOf(group)];
            for (int i = 0; i < checksums.Length; i++)
            {
                checksums[i] = _checksums[_layout.CellOf(group, i)];
            }

            new ParityRecord(_pack, _layout, group, at / _layout.Groups, checksums, _sums.AsMemory(at * cell, cell))
                .Encode(file.AsSpan(at * length, length));
        }

        return file;
    }

    private void AddStripe()
    {
        int cell = _layout.CellSize, groups = _layout.Groups;
        for (int i = 0; i < Rows * groups && (_row * groups) + i < _checksums.Length; i++)
        {
            _checksums[(_row * groups) + i] = Crc32.HashToUInt32(_stripe.AsSpan(i * cell, cell));
        }

        Span<byte> factors = stackalloc byte[_layout.ParityCells * Rows];
        for (int i = 0; i < factors.Length; i++)
        {
            factors[i] = CauchyCode.Factor(i / Rows, _row + (i % Rows));
        }

        // A group's four cells stay near while all of its sums come by.
        for (int group = 0; group < groups; group++)
        {
            for (int parity = 0; parity < _layout.ParityCells; parity++)
            {
                CellProducts.AddFour(
                    factors.Slice(parity * Rows, Rows), _stripe.AsSpan(group * cell), groups * cell,
                    _sums.AsSpan(((parity * groups) + group) * cell, cell));
            }
        }

        _row += Rows;
        _filled = 0;
    }
}
