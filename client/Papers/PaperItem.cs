using System.Collections.Immutable;

namespace Fulfillment.Client.Papers;

/// <summary>
/// Goods as a paper names them. <c>Handling</c>: classes such as <c>fragile</c>; <c>Instruction</c>: how to pack or
/// handle it; <c>Note</c>: what else is to be told beside it; each null or empty for nothing.
/// </summary>
public sealed record PaperItem(
    string Sku, string Name, ImmutableArray<string> Handling = default, string? Instruction = null,
    string? Note = null);
