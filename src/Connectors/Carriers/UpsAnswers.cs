using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>Reads what UPS answers.</summary>
static class UpsAnswers
{
    /// <summary>Service codes of the Rating and Shipping APIs (appendix, Service Codes).</summary>
    static readonly Dictionary<string, string> Services = new()
    {
        ["01"] = "UPS Next Day Air",
        ["02"] = "UPS 2nd Day Air",
        ["03"] = "UPS Ground",
        ["07"] = "UPS Worldwide Express",
        ["08"] = "UPS Worldwide Expedited",
        ["11"] = "UPS Standard",
        ["12"] = "UPS 3 Day Select",
        ["13"] = "UPS Next Day Air Saver",
        ["14"] = "UPS Next Day Air Early",
        ["54"] = "UPS Worldwide Express Plus",
        ["59"] = "UPS 2nd Day Air A.M.",
        ["65"] = "UPS Worldwide Saver",
        ["70"] = "UPS Access Point Economy",
    };

    /// <summary>A service's rate, at the account's prices where they are told; null for what makes no sense.</summary>
    public static Rate? Rate(JsonElement shipment)
    {
        if (shipment.Text("Service", "Code") is not { Length: > 0 } code) return null;
        var own = shipment.At("NegotiatedRateCharges", "TotalCharge");
        var total = own.ValueKind == JsonValueKind.Object ? own : shipment.At("TotalCharges");
        var currency = total.Text("CurrencyCode");
        if (total.Price(currency, "MonetaryValue") is not { } price) return null;
        var charges = own.ValueKind == JsonValueKind.Object ? shipment.At("NegotiatedRateCharges") : shipment;
        var arrival = shipment.At("TimeInTransit", "ServiceSummary", "EstimatedArrival");
        var name = shipment.Text("TimeInTransit", "ServiceSummary", "Service", "Description")
            ?? shipment.Text("Service", "Description");
        return new(
            UpsCarrier.Carrier, code, Services.GetValueOrDefault(code)
                ?? CarrierText.Cut(name, 80, $"UPS {CarrierText.Cut(code, 8)}"),
            price, CarrierText.Day(arrival.Text("Arrival", "Date")), Whole(arrival.Text("BusinessDaysInTransit")),
            shipment.At("GuaranteedDelivery").ValueKind == JsonValueKind.Object,
            [
                .. charges.Many("ItemizedCharges").Select(c => (Charge: c,
                        Price: c.Price(c.Text("CurrencyCode"), "MonetaryValue")))
                    .Where(c => c.Price is { AmountMinor: > 0 })
                    .Select(c => new Surcharge(
                        CarrierText.Cut(c.Charge.Text("Code"), 20), CarrierText.Cut(
                            c.Charge.Text("Description") ?? c.Charge.Text("SubType"), 80), c.Price!.Value)),
            ],
            BillableGrams: Grams(shipment.At("BillingWeight")));
    }

    /// <summary>What was bought; null where a number or a label is missing.</summary>
    public static BoughtLabel? Label(JsonElement body)
    {
        var results = body.At("ShipmentResponse", "ShipmentResults");
        ParcelLabel[] parcels =
        [
            .. results.Many("PackageResults").Select(p => new ParcelLabel(
                p.Text("TrackingNumber") ?? "", Format(p.Text("ShippingLabel", "ImageFormat", "Code")),
                CarrierText.Bytes(p.Text("ShippingLabel", "GraphicImage")))),
        ];
        var own = results.At("NegotiatedRateCharges", "TotalCharge");
        var total = own.ValueKind == JsonValueKind.Object ? own : results.At("ShipmentCharges", "TotalCharges");
        var form = CarrierText.Bytes(results.Text("Form", "Image", "GraphicImage"));
        return Whole(results.Text("ShipmentIdentificationNumber"), parcels,
            total.Price(total.Text("CurrencyCode"), "MonetaryValue"), form.IsEmpty ? [] : [form]);
    }

    /// <summary>What Label Recovery gave; null where a number or a label is missing.</summary>
    public static BoughtLabel? Recovered(JsonElement body)
    {
        var results = body.At("LabelRecoveryResponse");
        ParcelLabel[] parcels =
        [
            .. results.Many("LabelResults").Select(p => new ParcelLabel(
                p.Text("TrackingNumber") ?? "", Format(p.Text("LabelImage", "LabelImageFormat", "Code")),
                CarrierText.Bytes(p.Text("LabelImage", "GraphicImage")))),
        ];
        // It tells no price, and forms only of some shipments.
        var form = CarrierText.Bytes(results.Text("Form", "Image", "GraphicImage"));
        return Whole(results.Text("ShipmentIdentificationNumber"), parcels, null, form.IsEmpty ? [] : [form]);
    }

    /// <summary>What has happened to a parcel.</summary>
    public static TrackReply Tracked(JsonElement parcel)
    {
        if (parcel.ValueKind != JsonValueKind.Object) return new(false, []);
        var events = parcel.Items("activity").Select(a => (At: At(a), Activity: a)).Where(a => a.At is not null)
            .Select(a => new TrackEvent(
                a.At!.Value, Milestone(a.Activity.Text("status", "type"), a.Activity.Text("status", "code")),
                Code(a.Activity, "status"), CarrierText.Cut(a.Activity.Text("status", "description"), 200),
                CarrierText.Place(
                    a.Activity.Text("location", "address", "city"),
                    a.Activity.Text("location", "address", "countryCode")
                        ?? a.Activity.Text("location", "address", "country")), Trouble(a.Activity.At("status"))));
        var expected = parcel.Items("deliveryDate").Select(d => CarrierText.Day(d.Text("date"))).FirstOrDefault();
        return new(
            true, [.. events.OrderBy(e => e.At)], expected,
            SignedBy: CarrierText.Name(parcel.Text("deliveryInformation", "receivedBy")));
    }

    /// <summary>
    /// What Track Alert tells of a parcel (UPSTrackAlert.yaml, TrackingEventRequest): one activity. Null without a
    /// moment.
    /// </summary>
    public static TrackReply? Alerted(JsonElement alert)
    {
        var status = alert.At("activityStatus");
        var (day, time) = alert.Text("gmtActivityDate") is { Length: 8 } utc
            ? (utc, alert.Text("gmtActivityTime"))
            : (alert.Text("localActivityDate"), alert.Text("localActivityTime"));
        if (At(day, time) is not { } at) return null;
        TrackEvent told = new(
            at, Milestone(status.Text("type"), status.Text("code")), Code(alert, "activityStatus"),
            CarrierText.Cut(status.Text("description"), 200),
            CarrierText.Place(
                alert.Text("activityLocation", "city"), alert.Text("activityLocation", "country")), Trouble(status));
        // U tells of another day, and of nothing that happened.
        return new(
            true, status.Text("type") == "U" ? [] : [told], CarrierText.Day(alert.Text("scheduledDeliveryDate")),
            SignedBy: CarrierText.Name(alert.Text("receivedBy")));
    }

    /// <summary>What UPS thinks of an address.</summary>
    public static AddressReply Checked(JsonElement body, ShipAddress asked)
    {
        ImmutableArray<ShipAddress> found =
        [
            .. body.Many("Candidate").Take(10).Select(c => c.At("AddressKeyFormat")).Select(c => asked with
            {
                Country = c.Text("CountryCode") ?? asked.Country,
                Postcode = c.Text("PostcodePrimaryLow") is { } zip
                    ? c.Text("PostcodeExtendedLow") is { Length: > 0 } more ? $"{zip}-{more}" : zip : asked.Postcode,
                City = c.Text("PoliticalDivision2") ?? asked.City,
                State = c.Text("PoliticalDivision1") ?? asked.State,
                Lines = c.Text("AddressLine") is { } line ? [line]
                    : [.. c.Items("AddressLine").Select(l => l.GetString() ?? "")],
            }),
        ];
        // The indicators are there or not; what they say is empty.
        if (Has("NoCandidatesIndicator") || found.IsEmpty) return new(AddressVerdict.Unknown, []);
        if (Has("AmbiguousAddressIndicator")) return new(AddressVerdict.Ambiguous, found);
        return new(Says(found[0]) == Says(asked) ? AddressVerdict.Valid : AddressVerdict.Corrected, found);

        bool Has(string indicator) => body.At(indicator).ValueKind != JsonValueKind.Undefined;

        static string Says(ShipAddress a) => string.Join(
            '|', [.. a.Lines.IsDefault ? [] : a.Lines, a.City, a.State, a.Postcode?.Split('-')[0]]).ToUpperInvariant();
    }

    /// <summary>
    /// Types of activities of the Tracking API; OT and OF are activities of type I on the vehicle that delivers.
    /// </summary>
    static Milestone Milestone(string? type, string? code) => (type, code) switch
    {
        ("D", _) => Shipping.Milestone.Delivered,
        ("RS", _) => Shipping.Milestone.Returning,
        ("MV", _) => Shipping.Milestone.Void,
        ("M", _) => Shipping.Milestone.Labelled,
        ("P", _) => Shipping.Milestone.HandedOver,
        ("O", _) or ("I", "OT" or "OF") => Shipping.Milestone.OutForDelivery,
        ("I", _) => Shipping.Milestone.InTransit,
        ("X", _) => Shipping.Milestone.Exception,
        _ => Shipping.Milestone.Other,
    };

    static CaseReason? Trouble(JsonElement status) => CarrierText.Trouble(
        Milestone(status.Text("type"), status.Text("code")), status.Text("description"));

    static string Code(JsonElement activity, string status) => CarrierText.Cut(string.Join(
        ' ', new[] { activity.Text(status, "type"), activity.Text(status, "code") }.OfType<string>()), 40);

    /// <summary>In UTC where it is told, else the place's own time as if it were.</summary>
    static DateTimeOffset? At(JsonElement activity)
    {
        var (day, time) = activity.Text("gmtDate") is { Length: 8 } utc
            ? (utc, activity.Text("gmtTime")?.Replace(":", "", StringComparison.Ordinal))
            : (activity.Text("date"), activity.Text("time"));
        return At(day, time);
    }

    static DateTimeOffset? At(string? day, string? time) => DateTimeOffset.TryParseExact(
        $"{day} {CarrierText.Cut(time, 6, "000000")}", "yyyyMMdd HHmmss", CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    static BoughtLabel? Whole(
        string? shipment, ParcelLabel[] parcels, Money? price, ImmutableArray<ImmutableArray<byte>> papers) =>
        Gateways.IsPlain(shipment) && parcels.Length > 0
        && parcels.All(p => Gateways.IsPlain(p.TrackingNumber) && !p.Content.IsEmpty)
            ? new(shipment!, [.. parcels], price, papers) : null;

    static LabelFormat Format(string? code) =>
        code is "ZPL" or "ZPL2" ? LabelFormat.Zpl : code is "PDF" ? LabelFormat.Pdf : LabelFormat.Gif;

    static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static long Grams(JsonElement weight) => decimal.TryParse(
        weight.Text("Weight"), NumberStyles.Number, CultureInfo.InvariantCulture, out var told)
        ? (long)Math.Ceiling(told * (weight.Text("UnitOfMeasurement", "Code") == "LBS" ? 453.59237m : 1_000m)) : 0;
}
