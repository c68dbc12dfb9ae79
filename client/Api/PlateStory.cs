using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What happened to a carrier, as its journal has it.</summary>
static class PlateStory
{
    const int Most = 100;

    /// <summary>The last events that somebody would tell, newest first.</summary>
    public static IReadOnlyList<LpnEventBody> Of(Backend backend, EntityId plate) =>
        [.. backend.FactsOf(plate).Select(Told).OfType<LpnEventBody>().TakeLast(Most).Reverse()];

    static LpnEventBody? Told(Fact fact)
    {
        return fact.Event switch
        {
            LicensePlateEvent.PlateRegistered e => Row("registered", e.Card.Bin),
            LicensePlateEvent.PlateMoved e => Row("moved", e.ToBin) with { OverCapacity = e.Over },
            LicensePlateEvent.ParentMoved e => Row("moved-along", e.Bin),
            LicensePlateEvent.LoadAnswered { Status: TakeStatus.Taken } e => Row("loaded", e.Bin, e.Parent),
            LicensePlateEvent.PlateUnloaded e => Row("unloaded", lpn: e.Parent),
            LicensePlateEvent.ChildTaken e => Row("took", lpn: e.Child),
            LicensePlateEvent.ChildLeft e => Row("let-go", lpn: e.Child),
            LicensePlateEvent.PlateTurned e => Row("turned", status: Words<PlateStatus>.Of(e.Status)),
            _ => null,
        };

        LpnEventBody Row(string type, string? bin = null, string? lpn = null, string? status = null) =>
            new(fact.At, type, bin, lpn, status, fact.Origin.Actor, fact.Origin.Cause);
    }
}
