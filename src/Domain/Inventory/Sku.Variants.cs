namespace Fulfillment.Inventory;

// What a product tells of its variants.
public sealed partial record Sku
{
    static Decision<SkuEvent> Amend(Sku sku, SkuCommand.Amend c, Turn turn)
    {
        if (sku.Card?.Variant is { } known)
        {
            if (known.Product != c.Variant.Product)
                return new(new DefineReply(DefineStatus.OtherProduct, sku.Revision, known.Product));
            if (c.Variant.Step < known.Step) return new(new DefineReply(DefineStatus.Stale, sku.Revision));
            // What somebody has changed on the card since then stays.
            if (c.Variant.Step == known.Step) return new(new DefineReply(DefineStatus.Unchanged, sku.Revision));
        }

        // What it has no more was never its, if nothing came of it.
        else if (c.Fields.Title is null) return new(new DefineReply(DefineStatus.NotValid, sku.Revision));

        var card = c.Fields.On(sku.Card, c.Variant);
        return card.Attributes.Length > SkuCard.MaxAttributes
            ? new(new DefineReply(DefineStatus.NotValid, sku.Revision)) : Define(sku, new(card, null, c.Until), turn);
    }
}
