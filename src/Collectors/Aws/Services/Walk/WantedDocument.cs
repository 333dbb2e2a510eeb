using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>A document that an item should have.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Question">What gives it; null: the item itself.</param>
/// <param name="Input">What that is given.</param>
internal sealed record WantedDocument(DocumentRow Row, string Path, RowQuestion? Question, JsonObject? Input);
