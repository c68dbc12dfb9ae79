using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Whether units may be put into the bins that a movement names. The movement is asked of the SKU all the same, for one
/// that was made before has its answer; what is refused here has an <c>Until</c> that is over, so that it is not made.
/// </summary>
/// <param name="Until">How long it may be made; null: there is nothing to ask.</param>
/// <param name="Refusal">Why it may not; null when it may.</param>
sealed record BinGate(DateTimeOffset? Until, Problem? Refusal)
{
    static readonly BinGate Open = new(null, null);

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
            BinAdmission.Admitted => new(reply.Until, null),
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
