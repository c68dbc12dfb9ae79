namespace Fulfillment.Inventory;

// Units that lie on a tote, carton or pallet go where it goes.
public sealed partial record Sku
{
    /// <summary>
    /// All units on the carrier are in its bin: those picked for orders too, of any state and lot. The step is
    /// remembered, so that an older place has no effect, nor have units that were let on at an older one.
    /// </summary>
    static Decision<SkuEvent> Carry(Sku sku, SkuCommand.Carry c)
    {
        var slots = sku.Slots.Told()
            .Where(s => s.Lpn == c.Lpn && s.Node == c.Node && s.State != StockState.InTransit).ToArray();
        CarryReply reply = new(slots.Sum(s => s.Units));
        if (sku.Card is null || (sku.Movements.TryGet(CarrierKey(c.Lpn), out var known) && known >= c.Step))
            return new(reply);

        return new(reply, new SkuEvent.StockCarried(c.Lpn, c.Step, c.Node, c.ToBin, [.. slots], sku.Available));
    }

    /// <summary>The carrier has been somewhere else since units of this step were let on.</summary>
    bool IsOvertaken(string? lpn, long? step) =>
        lpn is not null && step is { } s && Movements.TryGet(CarrierKey(lpn), out var known) && known > s;

    /// <summary>
    /// Units of a supply were counted on a carrier that may have been somewhere else since: nobody asked it as they
    /// were booked.
    /// </summary>
    bool IsAstray(string lpn) => Movements.TryGet(CarrierKey(lpn), out _);

    /// <summary>No id of a movement has a slash.</summary>
    static string CarrierKey(string lpn) => $"lpn/{lpn}";
}
