using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Whether units may be put into the bins that a movement names. The movement is asked of the SKU all the same, for one
/// that was made before has its answer; what is refused here has an <c>Until</c> that is over, so that it is not made.
/// </summary>
/// <param name="Until">How long it may be made; null: there is nothing to ask.</param>
/// <param name="Refusal">Why it may not; null when it may.</param>
/// <param name="LpnStep">At which place of the carrier units are let on; null: it is not registered.</param>
/// <param name="LpnBin">Where the carrier stands; null: it is not known.</param>
/// <param name="Limited">Bins into which only so much fits; none when default.</param>
/// <param name="Over">Which limits somebody passes knowingly; null: none.</param>
sealed record BinGate(
    DateTimeOffset? Until, Problem? Refusal, long? LpnStep = null, string? LpnBin = null,
    ImmutableArray<Bin> Limited = default, string? Over = null)
{
    /// <summary>There is nothing to ask.</summary>
    public static readonly BinGate Open = new(null, null);

    /// <summary>
    /// Asks the layout of the node, and the carrier if one is named: its units are where it is, unless
    /// <paramref name="anyBin"/>.
    /// </summary>
    public static async ValueTask<BinGate> Onto(
        HttpContext http, Seat seat, string sku, string node, (string Field, string? Bin) bin, string? lpn,
        bool anyBin = false)
    {
        var gate = await Into(http, seat, node, bin);
        if (gate.Refusal is not null || lpn is null) return gate;
        // No carrier waits for units of what does not exist, which could not say later where they were let on.
        if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is null) return gate;
        var reply = await seat.Plate(lpn).Admit(new(sku, node, bin.Bin, anyBin), http.RequestAborted);
        return reply.Status switch
        {
            PlateAdmission.Unregistered => gate,
            PlateAdmission.Admitted => gate with { LpnStep = reply.Step, LpnBin = reply.Bin },
            PlateAdmission.NotOpen => Barred(Problem.Conflict("lpn-not-open", $"{lpn} takes no units.")),
            PlateAdmission.Moving => Barred(PlatesApi.Moving(lpn)),
            PlateAdmission.Elsewhere => Barred(Problem.Conflict(
                "lpn-elsewhere", $"{lpn} is at {reply.Node}, {reply.Bin ?? "on the floor"}: name that, or move it.")),
            PlateAdmission.TooMany => Barred(Problem.Conflict(
                "too-many-skus", $"{LicensePlate.MaxSkus} SKUs are on {lpn}, which is the most.")),
        };

        static BinGate Barred(Problem why) => new(DateTimeOffset.MinValue, why);
    }

    /// <summary>Asks the layout of the node, if any bin is named.</summary>
    public static async ValueTask<BinGate> Into(
        HttpContext http, Seat seat, string node, params (string Field, string? Bin)[] bins)
    {
        var named = bins.Where(b => b.Bin is not null).ToArray();
        if (named.Length == 0) return Open;
        var reply = await seat.Layout(node).Admit(named.Select(b => b.Bin!).Distinct(), http.RequestAborted);
        var field = named.FirstOrDefault(b => b.Bin == reply.Bin).Field;
        return reply.Status switch
        {
            BinAdmission.NoLayout => Open,
            BinAdmission.UnknownBin => new(
                DateTimeOffset.MinValue,
                Problem.Invalid(field, "unknown-bin", $"{node} has a layout, and no bin {reply.Bin} in it")),
            BinAdmission.Blocked => new(
                DateTimeOffset.MinValue,
                Problem.Conflict("bin-blocked", $"{reply.Bin} takes no units: {reply.Reason}.")),
            BinAdmission.Admitted => new(reply.Until, null, Limited: reply.Limited),
        };
    }

    /// <summary>Why the movement was not made, where that is because of a bin.</summary>
    public Problem? Refuses(MoveStatus status) => status == MoveStatus.TooLate ? Refusal : null;

    /// <inheritdoc cref="Refuses(MoveStatus)"/>
    public Problem? Refuses(PickStatus status) => status == PickStatus.TooLate ? Refusal : null;

    /// <summary>The permission was over before it was used: nothing was done.</summary>
    public static Problem TooLate() => Problem.Of(
        new(Fault.NotWritten, "It took too long: whether the bin takes units must be asked again. Repeat it."));
}
