using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>What stands before a service's host for some operations: <c>123456789012.</c></summary>
internal static class HostPrefix
{
    /// <summary>With the input's members in place of their names; null for nothing.</summary>
    /// <exception cref="StoreException">The input lacks one, or it can stand in no host name.</exception>
    public static string? Of(AwsOperation operation, JsonObject input)
    {
        if (operation.HostPrefix is not { } template)
        {
            return null;
        }

        int open = template.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return template;
        }

        int close = template.IndexOf('}', open);
        string member = template[(open + 1)..close];
        string value = input[member]?.ToString() ?? "";
        return value.Length is > 0 and <= 63 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-')
            ? template[..open] + value + template[(close + 1)..]
            : throw new StoreException(
                StoreFault.Refused, $"{operation.Name} needs a {member} that can stand in a host name, not '{value}'.");
    }
}
