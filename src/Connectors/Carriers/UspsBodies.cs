using System.Text.Json.Nodes;
using Fulfillment.Shipping;
using static Fulfillment.Connectors.CarrierText;

namespace Fulfillment.Connectors;

/// <summary>What is sent to USPS, in pounds and inches.</summary>
static class UspsBodies
{
    public const int LongestReference = 30;

    /// <summary>What every mail class costs for one parcel, at the account's prices.</summary>
    public static JsonObject Options(CarrierAccess access, RateAsk ask, ParcelSpec parcel) => new()
    {
        ["pricingOptions"] = new JsonArray(new JsonObject
        {
            ["priceType"] = "COMMERCIAL",
            ["paymentAccount"] = new JsonObject { ["accountType"] = "EPS", ["accountNumber"] = access.Account },
        }),
        ["originZIPCode"] = Zip(ask.From),
        ["destinationZIPCode"] = Zip(ask.To),
        ["destinationEntryFacilityType"] = "NONE",
        ["packageDescription"] = new JsonObject
        {
            ["weight"] = Pounds(parcel.Grams),
            ["length"] = Inches(parcel.LongestMm),
            ["width"] = Inches(parcel.MiddleMm),
            ["height"] = Inches(parcel.ShortestMm),
            ["mailClass"] = "ALL",
            ["mailingDate"] = Iso(ask.ShipOn),
        },
    };

    /// <summary>A label of one of the parcels.</summary>
    public static JsonObject Label(LabelAsk ask, int at, string reference)
    {
        var service = ask.Service.Split(':');
        var parcel = ask.Parcels[at];
        return new()
        {
            ["imageInfo"] = new JsonObject
            {
                ["imageType"] = Image(ask.Format),
                ["labelType"] = "4X6LABEL",
                ["receiptOption"] = "NONE",
                ["packageNumber"] = at + 1,
                ["totalPackages"] = ask.Parcels.Length,
            },
            ["toAddress"] = Party(ask.To),
            ["fromAddress"] = Party(ask.From),
            ["packageDescription"] = new JsonObject
            {
                ["weightUOM"] = "lb",
                ["weight"] = Pounds(parcel.Grams),
                ["dimensionsUOM"] = "in",
                ["length"] = Inches(parcel.LongestMm),
                ["width"] = Inches(parcel.MiddleMm),
                ["height"] = Inches(parcel.ShortestMm),
                ["mailClass"] = service[0],
                ["rateIndicator"] = service[1],
                ["processingCategory"] = service[2],
                ["destinationEntryFacilityType"] = "NONE",
                ["mailingDate"] = Iso(ask.ShipOn),
                ["customerReference"] = new JsonArray(new JsonObject
                {
                    ["referenceNumber"] = ask.References.IsDefaultOrEmpty ? reference
                        : Cut(ask.References[0], LongestReference),
                    ["printReferenceNumber"] = true,
                }),
            },
        };
    }

    /// <summary>The same label once more.</summary>
    public static JsonObject Reprint(LabelFormat format) => new()
    {
        ["imageInfo"] = new JsonObject { ["imageType"] = Image(format), ["labelType"] = "4X6LABEL" },
    };

    /// <summary>A pickup by the carrier on his round.</summary>
    public static JsonObject Pickup(PickupAsk ask)
    {
        var (first, last) = Names(ask.At);
        var kind = ask.Service.Split(':')[0] switch
        {
            "PRIORITY_MAIL_EXPRESS" => "PRIORITY_MAIL_EXPRESS",
            "PRIORITY_MAIL" => "PRIORITY_MAIL",
            "USPS_GROUND_ADVANTAGE" => "USPS_GROUND_ADVANTAGE",
            _ => "OTHER",
        };
        return new()
        {
            ["pickupDate"] = Iso(ask.Day),
            ["pickupAddress"] = new JsonObject
            {
                ["firstName"] = first,
                ["lastName"] = last,
                ["firm"] = Cut(ask.At.Company, 50, ""),
                ["address"] = Place(ask.At),
                ["contact"] = new JsonArray(ask.At.Email is { } email
                    ? new JsonObject { ["email"] = Cut(email, 50) }
                    : new JsonObject { ["cellNumber"] = Digits(ask.At.Phone, 10) }),
            },
            ["packages"] = new JsonArray(new JsonObject { ["packageType"] = kind, ["packageCount"] = ask.Parcels }),
            ["estimatedWeight"] = Math.Max(1, (int)Math.Ceiling(Pounds(ask.Grams))),
            ["pickupLocation"] = new JsonObject { ["packageLocation"] = "FRONT_DOOR" },
        };
    }

    /// <summary>One form for all parcels of a day.</summary>
    public static JsonObject ScanForm(ManifestAsk ask) => new()
    {
        ["imageInfo"] = new JsonObject
        {
            ["imageType"] = Image(ask.Format),
            ["labelType"] = ask.Format == LabelFormat.Zpl ? "4X6LABEL" : "8.5X11LABEL",
        },
        ["form"] = "5630",
        ["mailingDate"] = Iso(ask.Day),
        ["overwriteMailingDate"] = false,
        ["entryFacilityZIPCode"] = Zip(ask.From),
        ["destinationEntryFacilityType"] = "NONE",
        ["shipment"] = new JsonObject
        {
            ["trackingNumbers"] = new JsonArray([.. ask.TrackingNumbers.Select(n => (JsonNode)n)]),
        },
        ["fromAddress"] = Party(ask.From, contacts: false),
    };

    /// <summary>Where an address is asked for.</summary>
    public static string AddressQuery(ShipAddress address)
    {
        List<(string Name, string? Value)> fields =
        [
            ("streetAddress", Cut(address.Lines[0], 50)),
            ("secondaryAddress", address.Lines.Length > 1 ? Cut(address.Lines[1], 50) : null), ("city", address.City),
            ("state", address.State), ("ZIPCode", Zip(address)),
        ];
        return "addresses/v3/address?" + string.Join('&', fields.Where(f => f.Value is { Length: > 0 })
            .Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}"));
    }

    /// <summary>The first five digits.</summary>
    static string Zip(ShipAddress address) => Postcode(address) is { Length: >= 5 } zip ? zip[..5] : "";

    static string Image(LabelFormat format) => format == LabelFormat.Zpl ? "ZPL203DPI" : "PDF";

    static JsonObject Party(ShipAddress party, bool contacts = true)
    {
        var (first, last) = Names(party);
        var body = Place(party);
        body["firstName"] = first;
        body["lastName"] = last;
        if (party.Company is not null) body["firm"] = Cut(party.Company, 50);
        if (contacts && Digits(party.Phone, 15) is { Length: >= 6 } phone) body["phone"] = phone;
        return body;
    }

    static JsonObject Place(ShipAddress party)
    {
        var zip = Postcode(party);
        return Given(
            ("streetAddress", Cut(party.Lines.IsDefaultOrEmpty ? null : party.Lines[0], 50)),
            ("secondaryAddress", party.Lines.IsDefault || party.Lines.Length < 2 ? null : Cut(party.Lines[1], 50)),
            ("city", Cut(party.City, 28)), ("state", party.State ?? ""), ("ZIPCode", Zip(party)),
            ("ZIPPlus4", zip is { Length: 9 } ? zip[5..] : null));
    }

    /// <summary>The name before its last word, and its last word.</summary>
    static (string First, string Last) Names(ShipAddress party)
    {
        var name = Cut(party.Name ?? party.Company, 100);
        var at = name.LastIndexOf(' ');
        return at < 0 ? (Cut(name, 50), Cut(name, 50)) : (Cut(name[..at], 50), Cut(name[(at + 1)..], 50));
    }

    static string Digits(string? text, int most)
    {
        var digits = string.Concat((text ?? "").Where(char.IsAsciiDigit));
        return digits.Length <= most ? digits : digits[^most..];
    }
}
