using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Counting;
using Fulfillment.Inventory;
using Fulfillment.Sensing;

namespace Fulfillment.Client.Api;

/// <summary>Compares what a sensor says with the books, SKU by SKU, at each SKU's version of that moment.</summary>
sealed class Observations(Seat seat, string sensor, SensorTerms terms, CancellationToken cancel)
{
    /// <summary>What a weight shelf says of a place: so many units of the SKU that lies on it.</summary>
    public async ValueTask<ImmutableArray<Reading>> Weighed(SensorPlace place, long grams)
    {
        var units = (grams + (place.GramsPerUnit / 2)) / place.GramsPerUnit;
        Tally tally = new(terms.Node, place.Bin, null, null, units);
        return await Judge(place.Sku!, tally) is not { } judged ? []
            : [Of(judged, Math.Abs(judged.Variance) > terms.Tolerance, default)];
    }

    /// <summary>What an event tells of articles that we know, in the places that the sensor looks at.</summary>
    public async ValueTask<ImmutableArray<Reading>> Seen(EpcisEvent happened)
    {
        if (!happened.Present) return [];
        List<(string Sku, SeenUnits Units)> known = [];
        Dictionary<string, SkuCard> cards = [];
        foreach (var article in happened.Seen.GroupBy(s => s.Gtin, StringComparer.Ordinal).Take(Sensor.MaxReadings))
        {
            if ((await seat.TradeItem(article.Key).Get(cancel)).Sku is not { } sku) continue;
            if ((await seat.Sku(sku).Stock(cancel)).Card is not { } card
                || Packs.Numbered(card.Packs, article.Key) is not { } pack) continue;
            cards[sku] = card;
            known.AddRange(article.Select(s => (sku, s with { Units = s.Units * pack.Eaches })));
        }

        var readings = ImmutableArray.CreateBuilder<Reading>();
        foreach (var of in known.GroupBy(k => k.Sku).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (terms.Places.FirstOrDefault(p => p.Sku is null || p.Sku == of.Key) is not { } place) continue;
            var tracking = cards[of.Key].Tracking;
            foreach (var lot in of.Select(k => k.Units).GroupBy(u => tracking?.Lots == true ? u.Lot : null))
            {
                ImmutableArray<string> serials = tracking?.Serials == true
                    ? [.. lot.Select(u => u.Serial).OfType<string>().Distinct()] : default;
                var units = serials.IsDefault ? Sum(lot) : serials.Length;
                if (await Judge(of.Key, new(terms.Node, place.Bin, lot.Key, null, units, serials)) is not { } judged)
                    continue;
                readings.Add(Compare(judged, happened.Whole));
            }
        }

        return readings.ToImmutable();
    }

    /// <summary>Units of all; more than anybody has are told as so many.</summary>
    static long Sum(IEnumerable<SeenUnits> seen) =>
        (long)Int128.Min(Sku.MaxBackordered, seen.Aggregate(Int128.Zero, (sum, s) => sum + s.Units));

    /// <summary>
    /// Who tells of all that is there says how many there are; who only saw some says that there are so many at least,
    /// and which.
    /// </summary>
    Reading Compare(Judgement judged, bool whole)
    {
        var strays = judged.Stray.IsDefault ? [] : judged.Stray.Where(s => s.Node != terms.Node)
            .Select(s => s.Serial).ToImmutableArray();
        var differs = whole ? judged.Moved > terms.Tolerance : judged.Variance > terms.Tolerance;
        return Of(judged, differs || strays.Length > terms.Tolerance, strays.IsEmpty ? default : strays);
    }

    static Reading Of(Judgement judged, bool disagrees, ImmutableArray<string> strays) => new(
        judged.Sku, judged.Tally.Bin, judged.Tally.Units, judged.Expected, judged.Version, disagrees, strays);

    async ValueTask<Judgement?> Judge(string sku, Tally tally) =>
        (await seat.CycleCount(sensor).Judge(sku, tally, cancel)).Judged;
}
