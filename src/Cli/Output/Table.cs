namespace JadaStore.Cli.Output;

/// <summary>Rows in columns that line up, two spaces apart.</summary>
/// <param name="headings">A leading <c>&gt;</c> sets the column to the right; it is not printed.</param>
internal sealed class Table(params IReadOnlyList<string> headings)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row; what is in it may have been named by anybody.</summary>
    /// <exception cref="ArgumentException">It has another number of cells than there are columns.</exception>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != headings.Count)
        {
            throw new ArgumentException($"A row has {headings.Count} cells; got {cells.Count}.", nameof(cells));
        }

        _rows.Add([.. cells.Select(EntryText.Printable)]);
    }

    /// <summary>Writes headings and rows; nothing at all when there is no row.</summary>
    public void WriteTo(TextWriter output)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        IReadOnlyList<string> titles = [.. headings.Select(heading => heading.TrimStart('>'))];
        int[] widths = [.. titles.Select((title, column) => Math.Max(Columns.Of(title), WidthOf(column)))];
        foreach (IReadOnlyList<string> row in _rows.Prepend(titles))
        {
            output.WriteLine(Line(row, widths).TrimEnd());
        }
    }

    private int WidthOf(int column) => _rows.Max(row => Columns.Of(row[column]));

    private string Line(IReadOnlyList<string> row, int[] widths)
    {
        IEnumerable<string> cells = row.Select((cell, column) =>
        {
            string space = new(' ', widths[column] - Columns.Of(cell));
            return headings[column].StartsWith('>') ? space + cell : cell + space;
        });
        return string.Join("  ", cells);
    }
}
