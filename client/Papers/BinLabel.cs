namespace Fulfillment.Client.Papers;

/// <summary>
/// What is stuck to a bin: its id, and where it is. <c>Place</c>: such as aisle, bay and level.
/// </summary>
public sealed record BinLabel(string Bin, string Node, string Zone, string? Place);
