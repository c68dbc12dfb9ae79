using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>Why units cannot be picked by name, in words.</summary>
static class PickAnswers
{
    /// <summary>The refusal; null when they were picked, now or before. <paramref name="at"/>: the field.</summary>
    public static Problem? Refusal(PickStatus status, string sku, string node, string at = "") => status switch
    {
        PickStatus.Done or PickStatus.AlreadyDone => null,
        PickStatus.UnknownSku => SkusApi.Unknown(sku),
        PickStatus.IsKit => SkusApi.IsKit(sku),
        PickStatus.DifferentContent => Problem.OtherContent("This movement id"),
        PickStatus.QuantityNotPositive => Problem.Invalid($"{at}/quantity", "out-of-range", "must be positive"),
        PickStatus.TooLate => BinGate.TooLate(),
        PickStatus.NothingHeld =>
            Problem.Conflict("nothing-committed", $"The order has no units of {sku} committed at {node}."),
        PickStatus.MoreThanHeld => Problem.Conflict(
            "more-than-committed", $"The order has not so many units of {sku} committed at {node} and not yet picked."),
        PickStatus.LotMissing =>
            Problem.Invalid($"{at}/lot", "lot-required", $"the units of {sku} are told apart by lot"),
        PickStatus.SerialsMissing => Problem.Invalid(
            $"{at}/serials", "serials-required", $"must name one serial for each unit of {sku}, each once"),
        PickStatus.UnknownLot => Problem.NotFound("unknown-lot", $"{sku} never had that lot."),
        PickStatus.LotBlocked => Problem.Conflict(
            "lot-blocked", $"The lot of {sku} has expired or was recalled: its units are not sold."),
        PickStatus.OtherPicked => Problem.Conflict(
            "not-the-picked", $"Other units of {sku} were picked for it at {node}."),
        PickStatus.NotThere => Problem.Conflict("not-there", $"Not so many units of {sku} like these lie at {node}."),
        PickStatus.NothingPicked =>
            Problem.Conflict("not-picked", $"Not so many units of {sku} like these are picked for it at {node}."),
        PickStatus.TooMany => Problem.Conflict("too-many-slots", $"{sku} has as many slots as may be in use."),
    };
}
