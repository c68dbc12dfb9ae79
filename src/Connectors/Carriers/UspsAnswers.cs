using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>Reads what USPS answers.</summary>
static class UspsAnswers
{
    const string Dollar = "USD";

    /// <summary>
    /// What each service costs for one parcel; only what is handed over anywhere, as single pieces. Of several prices
    /// of a service the lowest counts.
    /// </summary>
    public static IEnumerable<Rate> Rates(JsonElement body) =>
        body.Items("pricingOptions").SelectMany(p => p.Items("shippingOptions"))
            .SelectMany(o => o.Items("rateOptions").Select(r => Rate(o, r))).OfType<Rate>()
            .GroupBy(r => r.Service, StringComparer.Ordinal)
            .Select(g => g.MinBy(r => r.Price.AmountMinor)!);

    /// <summary>The services that take all parcels, at the sum of their prices and the latest of their days.</summary>
    public static ImmutableArray<Rate> Together(IReadOnlyList<(Rate[] Rates, int Parcels)> told)
    {
        var rates = ImmutableArray.CreateBuilder<Rate>();
        foreach (var first in told[0].Rates)
        {
            var all = told.Select(t => (Rate: Array.Find(t.Rates, r => r.Service == first.Service), t.Parcels))
                .ToArray();
            if (all.Any(a => a.Rate is null)) continue;
            rates.Add(first with
            {
                Price = new(all.Sum(a => a.Rate!.Price.AmountMinor * a.Parcels), Dollar),
                Delivers = all.Any(a => a.Rate!.Delivers is null) ? null : all.Max(a => a.Rate!.Delivers),
                Surcharges =
                [
                    .. all.SelectMany(a => a.Rate!.Surcharges.Select(s => s with
                    {
                        Price = new(s.Price.AmountMinor * a.Parcels, Dollar),
                    })),
                ],
            });
        }

        return rates.DrainToImmutable();
    }

    /// <summary>One label and its price; null where a number or the label is missing.</summary>
    public static (ParcelLabel Label, Money? Price)? Label(JsonElement body, LabelFormat format)
    {
        var told = body.At("labelMetadata").ValueKind == JsonValueKind.Object ? body.At("labelMetadata") : body;
        var content = CarrierText.Bytes(body.Text("labelImage"));
        return Gateways.IsPlain(told.Text("trackingNumber")) && !content.IsEmpty
            ? (new(told.Text("trackingNumber")!, format, content), told.Price(Dollar, "postage")) : null;
    }

    /// <summary>The labels of all parcels.</summary>
    public static BoughtLabel Shipment(IReadOnlyList<(ParcelLabel Label, Money? Price)> labels) => new(
        labels[0].Label.TrackingNumber, [.. labels.Select(l => l.Label)],
        labels.All(l => l.Price is not null) ? new(labels.Sum(l => l.Price!.Value.AmountMinor), Dollar) : null, []);

    /// <summary>What has happened to a parcel.</summary>
    public static TrackReply Tracked(JsonElement body)
    {
        var events = body.Items("trackingEvents").Select(e => (At: CarrierText.Instant(
                e.Text("GMTTimestamp") ?? $"{e.Text("eventTimestamp")}{e.Text("GMTOffset")}"), Event: e))
            .Where(e => e.At is not null).Select(e => new TrackEvent(
                e.At!.Value, Milestone(e.Event.Text("eventCode")), CarrierText.Cut(e.Event.Text("eventCode"), 40),
                CarrierText.Cut(e.Event.Text("eventType"), 200), CarrierText.Place(
                    e.Event.Text("eventCity"), e.Event.Text("eventCountry")),
                CarrierText.Trouble(
                    Milestone(e.Event.Text("eventCode")), e.Event.Text("eventType"),
                    Why(e.Event.Text("eventCode")))));
        var expected = CarrierText.Day(body.Text("expectedDeliveryTimeStamp"))
            ?? CarrierText.Day(body.Text("predictedDeliveryDate"))
            ?? CarrierText.Day(body.Text("expectedDeliveryDate"));
        return new(
            true, [.. events.OrderBy(e => e.At)], expected,
            SignedBy: body.Items("trackingEvents")
                .Where(e => Milestone(e.Text("eventCode")) == Shipping.Milestone.Delivered)
                .Select(e => CarrierText.Name(e.Text("name"))).FirstOrDefault(n => n is not null));
    }

    static CaseReason? Why(string? code) => code switch
    {
        "02" or "04" or "51" or "52" or "53" or "54" or "55" => CaseReason.FailedAttempt,
        "05" => CaseReason.Address,
        _ => null,
    };

    /// <summary>What USPS thinks of an address: DPV tells whether it delivers there (Addresses API).</summary>
    public static AddressReply Checked(JsonElement body, ShipAddress asked)
    {
        var at = body.At("address");
        if (at.Text("streetAddress") is not { } street) return new(AddressVerdict.Unknown, []);
        var second = at.Text("secondaryAddress");
        ShipAddress found = asked with
        {
            Lines = string.IsNullOrWhiteSpace(second) ? [street] : [street, second],
            City = at.Text("city") ?? asked.City,
            State = at.Text("state") ?? asked.State,
            Postcode = at.Text("ZIPPlus4") is { Length: 4 } more ? $"{at.Text("ZIPCode")}-{more}" : at.Text("ZIPCode"),
        };
        var verdict = body.Text("additionalInfo", "DPVConfirmation") switch
        {
            "N" => AddressVerdict.Unknown,
            // The house is known, the flat is missing or unknown.
            "D" or "S" => AddressVerdict.Ambiguous,
            _ => Says(found) == Says(asked) ? AddressVerdict.Valid : AddressVerdict.Corrected,
        };
        return new(verdict, verdict == AddressVerdict.Unknown ? [] : [found]);

        static string Says(ShipAddress a) => string.Join(
            '|', [.. a.Lines.IsDefault ? [] : a.Lines, a.City, a.State, a.Postcode?[..Math.Min(5, a.Postcode.Length)]])
            .ToUpperInvariant();
    }

    /// <summary>USPS has no such thing.</summary>
    public static bool IsUnknown(int status, CarrierRefusal refusal) => status == 404
        || refusal.Says?.Contains("not found", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// USPS has no such label, in the words of its document (ExampleCancelError_NOTFOUND); nothing else that it does
    /// not find will do.
    /// </summary>
    public static bool IsUnbought(int status, CarrierRefusal refusal) => status is 400 or 404
        && refusal.Says?.TrimEnd('.') is { } says
        && (says.Equals("Order not found", StringComparison.OrdinalIgnoreCase)
            || says.Equals("Label not found", StringComparison.OrdinalIgnoreCase));

    /// <summary>The label was cancelled before.</summary>
    public static bool IsCancelled(CarrierRefusal refusal) =>
        refusal.Says?.Contains("already", StringComparison.OrdinalIgnoreCase) == true
        && refusal.Says.Contains("cancel", StringComparison.OrdinalIgnoreCase);

    static Rate? Rate(JsonElement option, JsonElement told)
    {
        var rate = told.At("rates", "0");
        if (option.Text("mailClass") is not { Length: > 0 } mailClass
            || rate.Text("rateIndicator") is not { Length: > 0 } indicator
            || rate.Text("processingCategory") is not { Length: > 0 } category
            || rate.Text("destinationEntryFacilityType") is not (null or "NONE")) return null;
        var price = told.Price(Dollar, "totalPrice") ?? told.Price(Dollar, "totalBasePrice");
        if (price is null) return null;
        var commitment = told.At("commitment");
        var days = commitment.Text("name")?.Split(' ', '-')[0];
        return new(
            UspsCarrier.Carrier, $"{mailClass}:{indicator}:{category}",
            CarrierText.Cut(rate.Text("description"), 80, Name(mailClass)), price.Value,
            CarrierText.Day(commitment.Text("expectedDeliveryDate"))
                ?? CarrierText.Day(commitment.Text("scheduleDeliveryDate")),
            int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
            commitment.At("guaranteedDelivery").ValueKind == JsonValueKind.True,
            [
                .. rate.Items("fees").Select(f => (Fee: f, Price: f.Price(Dollar, "price")))
                    .Where(f => f.Price is { AmountMinor: > 0 })
                    .Select(f => new Surcharge(
                        CarrierText.Cut(f.Fee.Text("SKU"), 40), CarrierText.Cut(f.Fee.Text("name"), 80),
                        f.Price!.Value)),
            ]);
    }

    static string Name(string mailClass) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(
        mailClass.Replace('_', ' ').ToLowerInvariant());

    /// <summary>
    /// Scan events of Publication 199, appendix G-4, as far as they are plain; every other is kept and is
    /// <see cref="Shipping.Milestone.Other"/>.
    /// </summary>
    static Milestone Milestone(string? code) => code switch
    {
        "GX" or "MA" => Shipping.Milestone.Labelled,
        "03" or "80" => Shipping.Milestone.HandedOver,
        "06" or "07" or "08" or "10" or "81" or "82" or "A1" or "L1" or "SF" or "T1" or "U1" =>
            Shipping.Milestone.InTransit,
        "14" or "16" or "OF" => Shipping.Milestone.OutForDelivery,
        "01" => Shipping.Milestone.Delivered,
        "09" or "21" or "22" or "23" or "24" or "25" or "26" or "27" or "28" or "29" => Shipping.Milestone.Returning,
        "02" or "04" or "05" or "51" or "52" or "53" or "54" or "55" => Shipping.Milestone.Exception,
        _ => Shipping.Milestone.Other,
    };
}
