using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>Reads what the MyDHL API answers.</summary>
static class DhlExpressAnswers
{
    /// <summary>A product's rate in the currency that is billed; null for one without a price.</summary>
    public static Rate? Rate(JsonElement product)
    {
        if (product.Text("productCode") is not { Length: > 0 } code) return null;
        // BILLC: as it is billed; without a price where the account may not have it.
        var total = product.Items("totalPrice").FirstOrDefault(p => p.Text("currencyType") == "BILLC");
        if (total.Price(total.Text("priceCurrency"), "price") is not { AmountMinor: > 0 } price) return null;
        var parts = product.Items("detailedPriceBreakdown").FirstOrDefault(p => p.Text("currencyType") == "BILLC");
        var delivery = product.At("deliveryCapabilities");
        return new(
            DhlExpressCarrier.Carrier, code, CarrierText.Cut(product.Text("productName"), 80, code), price,
            CarrierText.Day(delivery.Text("estimatedDeliveryDateAndTime")), (int?)delivery.Whole("totalTransitDays"),
            Surcharges:
            [
                .. parts.Items("breakdown").Where(b => b.Text("serviceCode") is not null)
                    .Select(b => (Charge: b, Price: b.Price(
                        b.Text("priceCurrency") ?? parts.Text("priceCurrency"), "price")))
                    .Where(b => b.Price is { AmountMinor: > 0 })
                    .Select(b => new Surcharge(
                        b.Charge.Text("serviceCode")!, CarrierText.Cut(b.Charge.Text("name"), 80), b.Price!.Value)),
            ],
            BillableGrams: Grams(product.At("weight")));
    }

    /// <summary>What was bought; null where a number or a label is missing.</summary>
    public static BoughtLabel? Label(JsonElement body, LabelAsk ask)
    {
        var number = body.Text("shipmentTrackingNumber");
        var labels = body.Items("documents").Where(d => d.Text("typeCode") == "label").ToArray();
        // One document for each piece, or one for all of them; of two for three nobody knows whose they are.
        var pieces = body.Items("packages").Count();
        if (labels.Length > 1 && labels.Length != pieces) return null;
        var parcels = body.Items("packages").Select((p, i) => new ParcelLabel(
            p.Text("trackingNumber") ?? "",
            ask.Format == LabelFormat.Zpl ? LabelFormat.Zpl : LabelFormat.Pdf,
            labels.Length == 0 ? [] : CarrierText.Bytes(labels[Math.Min(i, labels.Length - 1)].Text("content"))))
            .ToImmutableArray();
        if (!Gateways.IsPlain(number) || parcels.IsEmpty
            || !parcels.All(p => Gateways.IsPlain(p.TrackingNumber) && !p.Content.IsEmpty)) return null;
        var charge = body.Items("shipmentCharges").FirstOrDefault(c => c.Text("currencyType") == "BILLC");
        return new(
            number!, parcels, charge.Price(charge.Text("priceCurrency"), "price"),
            [
                .. body.Items("documents").Where(d => d.Text("typeCode") != "label")
                    .Select(d => CarrierText.Bytes(d.Text("content"))).Where(d => !d.IsEmpty),
            ]);
    }

    /// <summary>What has happened to a shipment.</summary>
    public static TrackReply Tracked(JsonElement shipment)
    {
        if (shipment.ValueKind != JsonValueKind.Object) return new(false, []);
        var events = shipment.Items("events").Select(e => (At: At(e), Event: e)).Where(e => e.At is not null)
            .Select(e => new TrackEvent(
                e.At!.Value, Milestone(e.Event.Text("typeCode")), CarrierText.Cut(e.Event.Text("typeCode"), 40),
                CarrierText.Cut(Says(e.Event).Words, 200),
                CarrierText.Place(e.Event.Text("serviceArea", "0", "description"), null),
                Why(e.Event.Text("typeCode"))));
        return new(
            true, [.. events.OrderBy(e => e.At)], CarrierText.Day(shipment.Text("estimatedDeliveryDate")),
            SignedBy: shipment.Items("events").Where(e => Milestone(e.Text("typeCode")) == Shipping.Milestone.Delivered)
                .Select(e => CarrierText.Name(e.Text("signedBy")) ?? Says(e).Name).FirstOrDefault(n => n is not null));
    }

    /// <summary>
    /// The words of an event. Of a delivery they name who took it, after a colon: the name is no event's.
    /// </summary>
    static (string? Words, string? Name) Says(JsonElement told)
    {
        var says = told.Text("description");
        var at = says is not null && Milestone(told.Text("typeCode")) == Shipping.Milestone.Delivered
            ? says.IndexOf(':', StringComparison.Ordinal) : -1;
        return at < 0 ? (says, null) : (says![..at], CarrierText.Name(says[(at + 1)..]));
    }

    static CaseReason? Why(string? code) => code switch
    {
        "BA" or "CM" => CaseReason.Address,
        "CA" or "NH" or "ND" or "RD" => CaseReason.FailedAttempt,
        "CD" or "UD" => CaseReason.Customs,
        "HP" or "OH" or "SS" => CaseReason.Held,
        "MC" or "MD" or "MS" => CaseReason.Delay,
        "DD" => CaseReason.Damaged,
        _ => null,
    };

    /// <summary>A service point; null for one without a name to be told by.</summary>
    public static ServicePoint? Point(JsonElement point)
    {
        if ((point.Text("facilityId") ?? point.Text("servicePointID") ?? point.Text("serviceAreaCode"))
            is not { Length: > 0 } id) return null;
        var at = point.At("address");
        return new(
            id, CarrierText.Cut(point.Text("localName") ?? point.Text("servicePointName"), 120),
            new(at.Text("country") ?? "", at.Text("zipCode"), at.Text("city"), at.Text("state"),
                [
                    .. new[] { at.Text("addressLine1"), at.Text("addressLine2"), at.Text("addressLine3") }
                        .OfType<string>(),
                ]),
            Metres(point.Text("distance")));
    }

    /// <summary>Whether place and postcode fit.</summary>
    public static AddressReply Checked(JsonElement body, ShipAddress asked)
    {
        ImmutableArray<ShipAddress> found =
        [
            .. body.Items("address").Take(10).Select(a => asked with
            {
                Country = a.Text("countryCode") ?? asked.Country,
                Postcode = a.Text("postalCode") ?? asked.Postcode,
                City = a.Text("cityName") ?? asked.City,
            }),
        ];
        if (found.IsEmpty) return new(AddressVerdict.Unknown, []);
        var same = found.Any(a => string.Equals(a.City, asked.City, StringComparison.OrdinalIgnoreCase)
            && CarrierText.Postcode(a) == CarrierText.Postcode(asked));
        return new(same ? AddressVerdict.Valid : found.Length > 1 ? AddressVerdict.Ambiguous : AddressVerdict.Corrected,
            found);
    }

    /// <summary>
    /// Checkpoints of DHL Express. RT is told when the way back begins; CS says nothing of the goods.
    /// </summary>
    static Milestone Milestone(string? code) => code switch
    {
        "104" => Shipping.Milestone.Labelled,
        "PU" or "SA" => Shipping.Milestone.HandedOver,
        "102" or "AD" or "AF" or "AR" or "BN" or "BR" or "CR" or "DF" or "FD" or "IC" or "PL" or "RR" or "SC" or "TP"
            or "TR" => Shipping.Milestone.InTransit,
        "WC" or "CC" => Shipping.Milestone.OutForDelivery,
        "101" or "OK" or "DD" => Shipping.Milestone.Delivered,
        "RT" => Shipping.Milestone.Returning,
        "DS" => Shipping.Milestone.Lost,
        "103" or "BA" or "CA" or "CD" or "CM" or "HP" or "MC" or "MD" or "MS" or "ND" or "NH" or "OH" or "PD" or "RD"
            or "SS" or "UD" => Shipping.Milestone.Exception,
        _ => Shipping.Milestone.Other,
    };

    /// <summary>In the offset that is told; without one as if it were UTC.</summary>
    static DateTimeOffset? At(JsonElement told) =>
        CarrierText.Instant($"{told.Text("date")}T{told.Text("time")}{told.Text("GMTOffset")}");

    static int? Metres(string? distance) => distance?.Split(' ') is [var number, "km"]
        && decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var km)
        && km is >= 0 and < 100_000 ? (int)(km * 1_000) : null;

    static long Grams(JsonElement weight) =>
        Math.Max(Kilograms(weight.At("volumetric")), Kilograms(weight.At("provided")));

    static long Kilograms(JsonElement number) => number.ValueKind == JsonValueKind.Number
        && number.TryGetDecimal(out var kg) && kg is >= 0 and < 1_000_000 ? (long)Math.Ceiling(kg * 1_000) : 0;
}
