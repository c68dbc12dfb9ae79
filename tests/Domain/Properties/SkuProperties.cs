namespace Fulfillment.Tests.Domain;

public sealed class SkuProperties
{
    const int Histories = 300, Longest = 120;

    /// <summary>What the histories have to show, or they prove little.</summary>
    static readonly string[] Told =
    [
        "ClaimStatus.QuantityNotPositive", "ClaimStatus.AlreadyDone", "ClaimStatus.OrderClosed", "ClaimStatus.TooOld",
        "ClaimStatus.DifferentContent",
        "ClaimStatus.Contended", "ClaimStatus.Insufficient", "ClaimStatus.NothingHeld", "ClaimStatus.MoreThanHeld",
        "ClaimStatus.NodeShort", "ClaimStatus.Done", "MoveStatus.AlreadyDone", "MoveStatus.DifferentContent",
        "MoveStatus.QuantityNotPositive", "MoveStatus.SameState", "MoveStatus.BelowZero", "MoveStatus.Committed",
        "MoveStatus.Reserved", "MoveStatus.Done", "DefineStatus.Stale", "DefineStatus.Changed", "sku-defined",
        "stock-received", "stock-adjusted", "stock-moved", "stock-reserved", "stock-allocated", "stock-returned",
        "stock-released", "stock-shipped", "backorder-filled", "hold-expired", "holds-swept",
        "supply-expected", "supply-changed", "supply-dropped", "backorder-repegged", "pegs-checked",
        "SupplyStatus.UnknownSupply", "SupplyStatus.Closed", "SupplyStatus.AlreadyDone",
        "SupplyStatus.DifferentContent", "SupplyStatus.QuantityNotPositive", "SupplyStatus.Done",
        "MoveStatus.UnknownSupply", "MoveStatus.NotThere", "MoveStatus.LotBlocked", "PickStatus.Done",
        "PickStatus.NothingHeld", "PickStatus.MoreThanHeld", "PickStatus.LotBlocked", "PickStatus.NothingPicked",
        "stock-picked", "stock-unpicked", "lot-recalled", "lot-cleared",
    ];

    [Fact]
    public void Whatever_happens_units_conserve_claims_sum_up_and_a_snapshot_makes_no_difference() =>
        Script.ForAll(Histories, Longest, script => new SkuHistory().Play(script));

    [Fact]
    public void The_histories_show_every_event_and_every_answer()
    {
        HashSet<string> seen = [];
        foreach (var script in Script.Sample(Histories, Longest))
        {
            SkuHistory history = new();
            history.Play(script);
            seen.UnionWith(history.Seen);
        }

        Assert.Equal([], Told.Except(seen));
    }
}
