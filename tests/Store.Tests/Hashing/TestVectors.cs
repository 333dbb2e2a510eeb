using System.Text.Json;
using System.Text.Json.Serialization;

namespace JadaStore.Store.Tests.Hashing;

/// <summary>BLAKE3's own test vectors, as its authors publish them.</summary>
internal sealed record TestVectors(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("context_string")] string Context,
    [property: JsonPropertyName("cases")] TestVectors.Case[] Cases)
{
    private static string PathOfFile => Path.Combine(AppContext.BaseDirectory, "test_vectors.json");

    public static TestVectors Load() =>
        JsonSerializer.Deserialize<TestVectors>(File.ReadAllText(PathOfFile))!;

    /// <summary>The input of the vectors: bytes that count from 0 to 250, again and again.</summary>
    public static byte[] Input(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i % 251);
        }

        return bytes;
    }

    internal sealed record Case(
        [property: JsonPropertyName("input_len")] int Length,
        [property: JsonPropertyName("hash")] string Hash,
        [property: JsonPropertyName("keyed_hash")] string KeyedHash,
        [property: JsonPropertyName("derive_key")] string DeriveKey);
}
