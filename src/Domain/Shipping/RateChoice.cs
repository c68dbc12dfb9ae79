using System.Collections.Immutable;

namespace Fulfillment.Shipping;

/// <summary>
/// The cheapest service that meets the promised date. <c>Best</c>: null when none does. <c>Rejected</c>: all others
/// with why, first those that were in time, then by the order of <see cref="RateRejection"/>; cheapest first.
/// </summary>
public sealed record RateChoice(Rate? Best, ImmutableArray<RejectedRate> Rejected)
{
    /// <summary>
    /// Chooses. <paramref name="by"/>: the last day that was promised, null for none: then the cheapest is taken,
    /// whether its carrier tells a day or not. <paramref name="currency"/>: the only one that is compared. Null: the
    /// <paramref name="preferred"/> one where a rate in it is in time, else the one that most rates are in that are,
    /// among equals the first by name; so no currency hides the only service that keeps the promise. What a carrier
    /// has told now goes before what stands in for one who does not answer, whatever it costs. Of equal prices the
    /// earlier day wins, then what was told last before a table, then carrier and service by name: the same rates in
    /// any order give the same choice.
    /// </summary>
    public static RateChoice Of(
        IEnumerable<Rate> rates, DateOnly? by, string? currency = null, string? preferred = null)
    {
        Rate[] ordered =
        [
            .. rates.OrderBy(r => r.Price.AmountMinor).ThenBy(r => r.Delivers ?? DateOnly.MaxValue)
                .ThenBy(r => r.Source).ThenBy(r => r.Carrier, StringComparer.Ordinal)
                .ThenBy(r => r.Service, StringComparer.Ordinal),
        ];
        currency ??= CurrencyOf(ordered, by, preferred);
        var best = Array.Find(ordered, r => Fault(r, by, currency) is null && !r.IsFallback)
            ?? Array.Find(ordered, r => Fault(r, by, currency) is null);
        return new(best,
        [
            .. ordered.Where(r => !ReferenceEquals(r, best))
                .Select(r => new RejectedRate(
                    r.Carrier, r.Service, Fault(r, by, currency) ?? (r.IsFallback && best is { IsFallback: false }
                        ? RateRejection.NotToldNow : RateRejection.Dearer), r))
                .OrderBy(r => r.Reason == RateRejection.Dearer ? -1 : (int)r.Reason),
        ]);
    }

    /// <summary>The currency that most rates are in, among equals the first by name; null without rates.</summary>
    public static string? CommonCurrency(IEnumerable<Rate> rates) =>
        rates.GroupBy(r => r.Price.Currency, StringComparer.Ordinal).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>Of what carriers tell now, else of what stands in for it, else of what comes too late.</summary>
    static string? CurrencyOf(Rate[] rates, DateOnly? by, string? preferred)
    {
        Rate[] fit = [.. rates.Where(r => DayFault(r, by) is null)];
        if (fit.Any(r => !r.IsFallback)) fit = [.. fit.Where(r => !r.IsFallback)];
        if (fit.Length == 0) fit = rates;
        return fit.Any(r => r.Price.Currency == preferred) ? preferred : CommonCurrency(fit);
    }

    static RateRejection? Fault(Rate rate, DateOnly? by, string? currency) =>
        rate.Price.Currency != currency ? RateRejection.OtherCurrency : DayFault(rate, by);

    static RateRejection? DayFault(Rate rate, DateOnly? by)
    {
        if (by is not { } day) return null;
        if (rate.Delivers is not { } delivers) return RateRejection.NoDate;
        return delivers > day ? RateRejection.TooLate : null;
    }
}
