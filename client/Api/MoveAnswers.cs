using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What is answered to a movement of stock.</summary>
static class MoveAnswers
{
    /// <summary>The answer, or the refusal in words.</summary>
    public static IResult Of(
        MoveReply reply, string sku, string id, string node, StockState state, BelowBody? below = null)
    {
        MovementAnswer body = new(sku, id, node, reply.OnHand, reply.Available, below);
        return reply.Status switch
        {
            MoveStatus.Done => Answer.Created(body, ApiJson.Wire.MovementAnswer, $"/v1/skus/{sku}/movements"),
            MoveStatus.AlreadyDone => Answer.Ok(body, ApiJson.Wire.MovementAnswer),
            MoveStatus.NotYet => Problem.Invalid("/occurredAt", "in-the-future", "must not be in the future"),
            MoveStatus.TooLongAgo => Problem.Invalid("/occurredAt", StockApi.TooLongAgo, StockApi.LongestAgo),
            MoveStatus.UnknownSku => SkusApi.Unknown(sku),
            MoveStatus.IsKit => SkusApi.IsKit(sku),
            MoveStatus.DifferentContent => Problem.OtherContent($"Movement id {id}"),
            MoveStatus.TooLate => BinGate.TooLate(),
            MoveStatus.CorrectedSince => throw new System.Diagnostics.UnreachableException(),
            MoveStatus.QuantityNotPositive => Problem.Invalid("/quantity", "out-of-range", "must be positive"),
            MoveStatus.UnknownSupply =>
                Problem.NotFound("unknown-supply", $"{sku} never had the supply that it is to be of."),
            MoveStatus.LotMissing => Problem.Invalid(
                "/lot", "lot-required", $"the units of {sku} are told apart by lot, and a day they expire is a lot's"),
            MoveStatus.SerialsMissing => Problem.Invalid(
                "/serials", "serials-required", $"must name one serial for each unit of {sku}, each once"),
            MoveStatus.ExpiryMissing => Problem.Invalid(
                "/expiresOn", "expiry-required", $"the last day of the lot must be told: {sku} asks for it"),
            MoveStatus.LotDiffers => Problem.Invalid(
                "/expiresOn", "other-expiry", "the lot is known, and expires on another day"),
            MoveStatus.SerialTwice => Problem.Conflict(
                "duplicate-serial", $"A unit of {sku} with one of these serials is on hand already."),
            MoveStatus.TooMany => Problem.Conflict(
                "too-many-slots", $"{sku} has as many slots or serials as may be in use."),
            MoveStatus.LotBlocked => Problem.Conflict(
                "lot-blocked", "The lot has expired or was recalled: its units may go to quarantine, not on sale."),
            MoveStatus.NotThere => Problem.Conflict(
                "not-there", $"Not so many units of {sku} like these lie there; name the bin, lot or LPN that has."),
            MoveStatus.SameState => Problem.Invalid("/to", "same-state", "must be another state"),
            MoveStatus.BelowZero => Problem.Conflict(
                "below-zero", $"{node} has not so many units of {sku} in state {Words<StockState>.Of(state)}."),
            MoveStatus.Committed =>
                Problem.Conflict("committed", $"Orders have units of {sku} committed at {node} that would be missing."),
            MoveStatus.Reserved => Problem.Conflict("reserved", $"Orders hold units of {sku} that would be missing."),
        };
    }
}
