using System.Reflection;
using System.Text.Json;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>What is captured of one service: its rows, as <c>tools/aws_models.py</c> put them into its model.</summary>
internal sealed record ServiceRows
{
    /// <summary>The AWS CLI's name of it; the root of its source.</summary>
    public required string Service { get; init; }

    /// <summary>Whether it is the same in all regions, so that its paths begin with none.</summary>
    public required bool IsGlobal { get; init; }

    /// <summary>Lines of the ledger, <c>area: why</c>: what cannot be read out or is never asked for.</summary>
    public required IReadOnlyList<string> NotExported { get; init; }

    /// <summary>Its kinds of resources; the first is what progress counts by.</summary>
    public required IReadOnlyList<ResourceKind> Kinds { get; init; }

    /// <summary>Whether a row names the account's number.</summary>
    public required bool NeedsAccount { get; init; }

    /// <summary>All kinds, those within others too.</summary>
    public IEnumerable<ResourceKind> AllKinds => Kinds.SelectMany(kind => kind.AndBelow);

    /// <summary>Reads the rows of a service; null where its model has none.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static ServiceRows? Load(string service)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"aws/{service}.json")
            ?? throw new ArgumentException($"There is no model of {service}.", nameof(service));
        using JsonDocument document = JsonDocument.Parse(file);
        return RowsReader.Read(document.RootElement);
    }
}
