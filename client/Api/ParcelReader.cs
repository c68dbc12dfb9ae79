using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>Reads what a parcel is, from its request and from the bench or the order that it is of.</summary>
static class ParcelReader
{
    const string NotShippable = "not-shippable-by-rate";

    /// <summary>What is asked for. <c>Lines</c>: all that may leave when default.</summary>
    public sealed record Asked(string? Box, ImmutableArray<LineUnits> Lines, ParcelSpec Spec);

    /// <summary>Checks the form.</summary>
    public static Asked Read(Fields fields, ParcelRequest request)
    {
        if (request.Box is { } box)
        {
            fields.Id("/box", box);
            if (request.Id is not null && request.Id != box)
                fields.Add("/id", "not-expected", "is that of the box");
            if (request is not { Lines: null, LengthMm: null, WidthMm: null, HeightMm: null, Grams: null })
                fields.Add("/box", "box-or-goods", "tells lines, edges and weight: leave them out");
            return new(box, default, default);
        }

        var lines = request.Lines is null ? default : OrdersApi.Lines(fields, request.Lines);
        return new(null, lines, new(
            (int)Told(fields, "lengthMm", request.LengthMm, RateReader.MostEdge),
            (int)Told(fields, "widthMm", request.WidthMm, RateReader.MostEdge),
            (int)Told(fields, "heightMm", request.HeightMm, RateReader.MostEdge),
            Told(fields, "grams", request.Grams, RateReader.MostGrams)));
    }

    static long Told(Fields fields, string name, long? value, int most)
    {
        if (value is not null) return fields.Number($"/{name}", value, 1, most);
        fields.Add($"/{name}", NotShippable, "is missing: no carrier tells a price without it");
        return 0;
    }

    /// <summary>
    /// What the parcel is; of one that is there already (<paramref name="known"/>) it is never asked again. Throws
    /// where it cannot be one.
    /// </summary>
    public static async ValueTask<ParcelTerms> Terms(
        Seat seat, OrderReply reply, string order, int number, Asked asked, ParcelSheet? known,
        CancellationToken cancel)
    {
        var f = reply.Fulfilments[number - 1];
        var id = OrderBodies.FulfilmentId(order, number);
        if (asked.Box is { } box)
        {
            // A box that was opened again is asked for what it is now; one with a label stays what it was.
            if (known is { Terms: { Box: { } same } terms } && same == box && terms.Order == order
                && terms.Fulfilment == number && (known.Label is not null || known.Labels.Any(l => l.IsComing)))
                return terms;
            return await OfBox(seat, reply, f, order, id, box, cancel);
        }

        if (f.IsAtBench)
            throw new ProblemException(Problem.Conflict(
                "at-bench", $"{id} is packed at a bench: its parcels are its closed boxes, name one with box."));
        var lines = !asked.Lines.IsDefault ? asked.Lines
            : known is { Terms: { Box: null } planned } ? planned.Lines
            : [.. f.Lines.Where(l => l.MayLeave > 0).Select(l => new LineUnits(l.Line, l.MayLeave))];
        if (lines.IsEmpty)
            throw new ProblemException(Problem.Conflict("nothing-to-ship", $"No unit of {id} may leave."));
        foreach (var line in lines.GroupBy(l => l.Line))
        {
            if (f.Lines.FirstOrDefault(l => l.Line == line.Key) is not { } there)
                throw new ProblemException(Problem.Invalid(
                    "/lines", "unknown-line", $"{id} has no line {line.Key}"));
            if (known is null && line.Sum(l => (long)l.Units) > there.Open)
                throw new ProblemException(Problem.Conflict(
                    "more-than-open", $"{id} has not so many units of line {line.Key} left to ship."));
        }

        return new(order, number, f.Node, null, lines, asked.Spec, Promised(f), Value(reply, lines));
    }

    static async ValueTask<ParcelTerms> OfBox(
        Seat seat, OrderReply reply, Fulfilment f, string order, string id, string box, CancellationToken cancel)
    {
        var sheet = (await seat.PackJob(id).Get(cancel)).Sheet;
        if (sheet?.Boxes.LastOrDefault(b => b.Lpn == box) is not { } packed)
            throw new ProblemException(Problem.NotFound("unknown-box", $"{id} has no box {box} at its bench."));
        if (packed.State != BoxState.Closed)
            throw new ProblemException(Problem.Conflict(
                "box-not-closed", $"Box {box} is {Words<BoxState>.Of(packed.State)}: a parcel is a closed box."));
        var grams = packed.WeighedGrams ?? sheet.Weight(packed);
        if (grams is not > 0)
            throw new ProblemException(Problem.Conflict(
                NotShippable, $"Nobody knows what box {box} weighs: close it with its weight."));
        var outer = packed.Box.Outer;
        return new(
            order, f.Number, f.Node, box, packed.Lines,
            new(outer.LengthMm, outer.WidthMm, outer.HeightMm, grams.Value), Promised(f), Value(reply, packed.Lines));
    }

    static DateOnly? Promised(Fulfilment f) => f.Promise?.LatestDelivery;

    /// <summary>What the units cost the buyer, without shipping; null where the order has no prices.</summary>
    static Money? Value(OrderReply reply, ImmutableArray<LineUnits> lines)
    {
        if (reply.Placed.Total is not { } total) return null;
        long minor = 0;
        foreach (var units in lines.GroupBy(l => l.Line)) minor += Worth(reply, units.Key, units.Sum(u => u.Units));
        return new(minor, total.Currency);
    }

    /// <summary>What units of a line cost the buyer, in minor units, without shipping.</summary>
    public static long Worth(OrderReply reply, string line, int units)
    {
        var l = reply.Lines.First(x => x.Line.Id == line);
        var money = new Line(l.Line, l.Cancelled, 0, l.Shipped, l.Delivered, l.Charges).Money(units);
        return money.Price - money.Discount;
    }
}
