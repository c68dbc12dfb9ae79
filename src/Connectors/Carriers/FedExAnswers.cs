using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>Reads what FedEx answers.</summary>
static class FedExAnswers
{
    static readonly string[] Numbers =
    [
        "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE",
        "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN", "TWENTY",
    ];

    /// <summary>A service's rate, at preferred prices, else the account's; null for what makes no sense.</summary>
    public static Rate? Rate(JsonElement detail, DateOnly shipOn)
    {
        if (detail.Text("serviceType") is not { Length: > 0 } code) return null;
        var rated = Rated(detail);
        var currency = CurrencyOf(rated);
        if (rated.Charge(currency, "totalNetCharge") is not { } price) return null;
        // Of two to seven days the seventh is the latest; two alone promise nothing.
        var words = detail.Text("commit", "transitDays", "maximumTransitTime")
            ?? detail.Text("commit", "daysInTransit") ?? detail.Text("operationalDetail", "transitTime");
        var days = words is null ? -1 : Array.IndexOf(Numbers, words.Split('_')[0]);
        var day = CarrierText.Day(detail.Text("commit", "dateDetail", "dayFormat"))
            ?? CarrierText.Day(detail.Text("operationalDetail", "deliveryDate"))
            ?? CarrierText.Day(detail.Text("operationalDetail", "commitDate"))
            ?? (days < 0 ? null : After(shipOn, days));
        return new(
            FedExCarrier.Carrier, code, CarrierText.Cut(detail.Text("serviceName"), 80, code), price, day,
            days < 0 ? null : days, detail.Text("commit", "guaranteedType") is not null,
            [
                .. rated.Items("shipmentRateDetail", "surCharges")
                    .Select(s => (Charge: s, Price: s.Charge(currency, "amount")))
                    .Where(s => s.Price is { AmountMinor: > 0 })
                    .Select(s => new Surcharge(
                        CarrierText.Cut(s.Charge.Text("type"), 40),
                        CarrierText.Cut(s.Charge.Text("description") ?? s.Charge.Text("name"), 80), s.Price!.Value)),
            ]);
    }

    /// <summary>A service whose price is in a currency that is not known here; null for others.</summary>
    public static RejectedRate? Foreign(JsonElement detail) =>
        detail.Text("serviceType") is { Length: > 0 } code && CurrencyOf(Rated(detail)) is { } currency
            && Payments.Currencies.DigitsOf(FedExCurrencies.Read(currency)!) is null
            ? new(FedExCarrier.Carrier, code, RateRejection.OtherCurrency, Code: CarrierText.Cut(currency, 10),
                Says: $"Its price is in {CarrierText.Cut(currency, 10)}, which is not known here.")
            : null;

    static JsonElement Rated(JsonElement detail) => detail.Items("ratedShipmentDetails")
        .OrderBy(r => r.Text("rateType") is { } type && type.StartsWith("PREFERRED", StringComparison.Ordinal) ? 0
            : r.Text("rateType") == "ACCOUNT" ? 1 : 2).FirstOrDefault();

    static string? CurrencyOf(JsonElement rated) =>
        rated.Text("currency") ?? rated.Text("shipmentRateDetail", "currency");

    /// <summary>What was bought; null where a number or a label is missing.</summary>
    public static BoughtLabel? Label(JsonElement shipment)
    {
        var parcels = shipment.Items("pieceResponses").Select(p => (Piece: p,
                Label: p.Items("packageDocuments").FirstOrDefault(d => d.Text("contentType") == "LABEL"
                    && d.Text("encodedLabel") is not null)))
            .Select(p => new ParcelLabel(
                p.Piece.Text("trackingNumber") ?? "",
                p.Label.Text("docType") is "ZPLII" ? LabelFormat.Zpl : LabelFormat.Pdf,
                CarrierText.Bytes(p.Label.Text("encodedLabel")))).ToImmutableArray();
        var number = shipment.Text("masterTrackingNumber") ?? (parcels.IsEmpty ? null : parcels[0].TrackingNumber);
        if (!Gateways.IsPlain(number) || parcels.IsEmpty
            || !parcels.All(p => Gateways.IsPlain(p.TrackingNumber) && !p.Content.IsEmpty)) return null;
        var rates = shipment.Items("completedShipmentDetail", "shipmentRating", "shipmentRateDetails").ToArray();
        var rate = rates.FirstOrDefault(r => r.Text("rateType") is { } type
            && type.Contains("ACCOUNT", StringComparison.Ordinal), rates.FirstOrDefault());
        return new(
            number!, parcels, rate.Charge(rate.Text("currency"), "totalNetCharge"),
            [
                .. shipment.Items("shipmentDocuments").Select(d => CarrierText.Bytes(d.Text("encodedLabel")))
                    .Where(d => !d.IsEmpty),
            ]);
    }

    /// <summary>What has happened to a parcel.</summary>
    public static TrackReply Tracked(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object) return new(false, []);
        var events = result.Items("scanEvents").Select(e => (At: CarrierText.Instant(e.Text("date")), Scan: e))
            .Where(e => e.At is not null).Select(e => new TrackEvent(
                e.At!.Value, Milestone(e.Scan.Text("derivedStatusCode"), e.Scan.Text("eventType")),
                CarrierText.Cut(e.Scan.Text("eventType") ?? e.Scan.Text("derivedStatusCode"), 40),
                Says(e.Scan), CarrierText.Place(
                    e.Scan.Text("scanLocation", "city"), e.Scan.Text("scanLocation", "countryCode")),
                CarrierText.Trouble(
                    Milestone(e.Scan.Text("derivedStatusCode"), e.Scan.Text("eventType")), Says(e.Scan), Why(e.Scan))));
        var expected = result.Items("dateAndTimes")
            .Where(d => d.Text("type") is "ESTIMATED_DELIVERY" or "COMMITMENT" or "ACTUAL_DELIVERY")
            .OrderBy(d => d.Text("type") == "COMMITMENT" ? 1 : 0)
            .Select(d => CarrierText.Day(d.Text("dateTime"))).FirstOrDefault();
        return new(
            true, [.. events.OrderBy(e => e.At)], expected,
            SignedBy: CarrierText.Name(result.Text("deliveryDetails", "receivedByName")));
    }

    /// <summary>What is wrong: the kind of a delay, and else what the event is called.</summary>
    static CaseReason? Why(JsonElement scan)
    {
        var (derived, code) = (scan.Text("derivedStatusCode"), scan.Text("eventType"));
        if (Milestone(derived, code) != Shipping.Milestone.Exception) return null;
        return (scan.Text("delayDetail", "type"), code ?? derived) switch
        {
            ("WEATHER", _) => CaseReason.Weather,
            ("CLEARANCE", _) or (_, "CD") => CaseReason.Customs,
            (_, "DE") => CaseReason.FailedAttempt,
            (_, "HA") => CaseReason.Held,
            ("OPERATIONAL" or "LOCAL" or "GENERAL", _) or (_, "DY" or "DD") => CaseReason.Delay,
            _ => null,
        };
    }

    static string Says(JsonElement scan)
    {
        var (what, why) = (scan.Text("eventDescription"), scan.Text("exceptionDescription"));
        return CarrierText.Cut(string.IsNullOrWhiteSpace(why) ? what : $"{what}: {why}", 200);
    }

    /// <summary>
    /// Scan events of the Track API (its appendix, Tracking Event Codes). What an event is called comes before what
    /// FedEx derives from it, except for exceptions: a scan on the way may be one.
    /// </summary>
    static Milestone Milestone(string? derived, string? code) => derived switch
    {
        "DE" or "SE" or "DY" or "CD" => code is "OD" ? Shipping.Milestone.OutForDelivery : Shipping.Milestone.Exception,
        _ => Milestone(code) is var known and not Shipping.Milestone.Other ? known : Milestone(derived),
    };

    static Milestone Milestone(string? code) => code switch
    {
        "OC" or "IN" => Shipping.Milestone.Labelled,
        "PU" or "PX" or "DO" => Shipping.Milestone.HandedOver,
        "DL" => Shipping.Milestone.Delivered,
        "OD" or "HL" or "HP" => Shipping.Milestone.OutForDelivery,
        "RS" or "RT" => Shipping.Milestone.Returning,
        "CA" => Shipping.Milestone.Void,
        "DE" or "SE" or "DY" or "CD" or "DD" or "HA" => Shipping.Milestone.Exception,
        "AA" or "AC" or "AD" or "AF" or "AP" or "AR" or "AX" or "CC" or "CH" or "DP" or "DR" or "DS" or "EA" or "ED"
            or "EO" or "EP" or "FD" or "IT" or "IX" or "LO" or "OF" or "OX" or "PF" or "PL" or "PM" or "SF" or "SP"
            or "TR" => Shipping.Milestone.InTransit,
        _ => Shipping.Milestone.Other,
    };

    /// <summary>So many days later, Monday to Friday: FedEx counts business days.</summary>
    static DateOnly After(DateOnly day, int days)
    {
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }

        return day;
    }
}
