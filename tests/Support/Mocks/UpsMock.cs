using System.Text;
using System.Text.Json.Nodes;

namespace Fulfillment.Tests.Support;

/// <summary>UPS as its documents describe it. Service 99 is refused.</summary>
public sealed class UpsMock : CarrierMock
{
    public const string Folder = "specs/ups/";

    readonly Dictionary<string, MockLabel> _labels = [];

    static readonly Dictionary<string, Lazy<OpenApiSpec?>> Specs = new[]
    {
        "Rating", "Shipping", "Tracking", "Pickup", "AddressValidation", "OAuthClientCredentials",
    }.ToDictionary(name => name, name => new Lazy<OpenApiSpec?>(() => OpenApiSpec.Find($"{Folder}{name}.yaml")));

    protected override string[] Paths =>
        ["/api/rating", "/api/shipments", "/api/labels", "/api/track", "/api/pickupcreation", "/api/addressvalidation"];

    protected override string TokenPath => "/security/v1/oauth/token";

    /// <summary>Text, as UPS writes it.</summary>
    protected override string Seconds => "\"14399\"";

    protected override OpenApiSpec? SpecOf(string path) => Specs[path switch
    {
        _ when path.StartsWith("/api/rating", StringComparison.Ordinal) => "Rating",
        _ when path.Contains("/pickup", StringComparison.Ordinal) => "Pickup",
        _ when path.StartsWith("/api/track", StringComparison.Ordinal) => "Tracking",
        _ when path.StartsWith("/api/address", StringComparison.Ordinal) => "AddressValidation",
        _ when path.StartsWith("/security", StringComparison.Ordinal) => "OAuthClientCredentials",
        _ => "Shipping",
    }].Value;

    protected override string PathIn(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) ? path[4..] : path;

    /// <summary>
    /// A day is yyyyMMdd by its description and example, and of four characters by its schema; formats of labels are
    /// GIF, ZPL and the like by their description, and of four characters too; the request option of a rating is
    /// required, and not among the fields; tracking numbers of Roadie are required to recover any label, and the sample
    /// of another has none.
    /// </summary>
    protected override bool IsMistake(string misfit) =>
        misfit.EndsWith("/RateRequest/Request/RequestOption: unknown", StringComparison.Ordinal)
        || misfit.EndsWith("/PickupDateInfo/PickupDate: longer than 4", StringComparison.Ordinal)
        || misfit.EndsWith("/LabelRecoveryRequest/TrackingNumbers: missing", StringComparison.Ordinal)
        || misfit.EndsWith("/LabelRecoveryRequest/LabelSpecification/LabelImageFormat/Code: shorter than 4",
            StringComparison.Ordinal);

    protected override bool MayHaveToken(MockCall call) => call.Header("Authorization")
        == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{Secret}"))}";

    protected override MockAnswer Refuse(int status, string code, string says) => new(status, new()
    {
        ["response"] = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = says }),
        },
    });

    protected override MockAnswer Answer(MockCall call) => (call.Method, PathIn(call.Path).Trim('/').Split('/')) switch
    {
        ("post", ["rating", _, "Shoptimeintransit"]) => new(200, Priced(
            call.Body["RateRequest"]!["Shipment"]!)),
        ("post", ["shipments", _, "ship"]) => Ship(call.Body["ShipmentRequest"]!),
        ("post", ["labels", _, "recovery"]) => Recover(
            (string)call.Body["LabelRecoveryRequest"]!["ReferenceValues"]!["ReferenceNumber"]!["Value"]!),
        ("delete", ["shipments", _, "void", "cancel", var number]) => Void(number),
        ("get", ["track", "v1", "details", var number]) => Bought.ContainsKey(number)
            ? new(200, Story(number, Tracking, t =>
                t["trackResponse"]!["shipment"]![0]!["package"]![0]!["activity"]!.AsArray()))
            : Refuse(404, "TW0001", "Tracking Information Not Found"),
        ("post", ["pickupcreation", _, "pickup"]) => new(200, Json(
            """
            {"PickupCreationResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"}},
             "PRN":"2929AONCALL","RateStatus":{"Code":"01"}}}
            """)),
        ("delete", ["shipments", _, "pickup", "02"]) => call.Header("Prn") == "2929AONCALL"
            ? new(200, Json(
                """
                {"PickupCancelResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"}},
                 "PickupType":"01"}}
                """))
            : Refuse(400, "9510117", "Pickup is not found"),
        ("post", ["addressvalidation", _, "1"]) => new(200, Json(Corrected)),
        _ => Refuse(404, "404", "No such path"),
    };

    MockAnswer Ship(JsonNode request)
    {
        var (shipment, label) = (request["Shipment"]!, request["LabelSpecification"]!);
        if ((string)shipment["Service"]!["Code"]! == "99") return Refuse(400, "120100", "Missing or invalid service");
        var parcels = shipment["Package"]!.AsArray();
        var reference = (string)(shipment["ReferenceNumber"] ?? parcels[0]!["ReferenceNumber"])![0]!["Value"]!;
        var number = $"1ZA1B2C30{Next:000000000}";
        var money = CurrencyOf(Text(shipment, "Shipper", "Address", "CountryCode"));
        _labels[number] = new(
            "UPS", Text(shipment, "Service", "Code"), number, Text(label, "LabelImageFormat", "Code"),
            shipment["ShipTo"]!.DeepClone());
        return Buy(number, reference, Day(Text(shipment, "ShipmentDate")), new(200, new()
        {
            ["ShipmentResponse"] = new JsonObject
            {
                ["Response"] = Json("""{"ResponseStatus":{"Code":"1","Description":"Success"}}"""),
                ["ShipmentResults"] = new JsonObject
                {
                    ["ShipmentCharges"] = Json($$"""
                        {"TransportationCharges":{"CurrencyCode":"{{money}}","MonetaryValue":"18.00"},
                         "ServiceOptionsCharges":{"CurrencyCode":"{{money}}","MonetaryValue":"0.00"},
                         "TotalCharges":{"CurrencyCode":"{{money}}","MonetaryValue":"18.00"} }
                        """),
                    ["NegotiatedRateCharges"] =
                        Json($$$"""{"TotalCharge":{"CurrencyCode":"{{{money}}}","MonetaryValue":"12.34"}}"""),
                    ["BillingWeight"] = Json(
                        """{"UnitOfMeasurement":{"Code":"LBS","Description":"Pounds"},"Weight":"00005.00"}"""),
                    ["ShipmentIdentificationNumber"] = number,
                    ["PackageResults"] = new JsonArray([.. parcels.Select((_, i) => new JsonObject
                    {
                        ["TrackingNumber"] = i == 0 ? number : $"{number[..^1]}{(char)('A' + i)}",
                        ["ShippingLabel"] = new JsonObject
                        {
                            ["ImageFormat"] = new JsonObject
                            {
                                ["Code"] = _labels[number].Format,
                                ["Description"] = _labels[number].Format,
                            },
                            ["GraphicImage"] = Label(_labels[number]),
                        },
                    })]),
                },
            },
        }));
    }

    MockAnswer Recover(string reference)
    {
        if (Bought.FirstOrDefault(b => b.Value == reference).Key is not { } number)
            return Refuse(400, "300204", "No Shipment was found for the reference number");
        return new(200, Json($$"""
            {"LabelRecoveryResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"} },
             "ShipmentIdentificationNumber":"{{number}}","LabelResults":[{"TrackingNumber":"{{number}}",
             "LabelImage":{"LabelImageFormat":{"Code":"{{_labels[number].Format.PadRight(4)}}"},
              "GraphicImage":"{{Label(_labels[number])}}"} }]} }
            """));
    }

    MockAnswer Void(string number)
    {
        if (!Bought.Remove(number)) return Refuse(400, "190117", "The shipment has already been voided");
        Effects.Add("void");
        return new(200, Json(
            """
            {"VoidShipmentResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"}},
             "SummaryResult":{"Status":{"Code":"1","Description":"Voided"}}}}
            """));
    }

    /// <summary>Conditions that Shipping.yaml tells in its descriptions.</summary>
    protected override (string Code, string Says)? Demand(MockCall call)
    {
        if (call.Body["ShipmentRequest"]?["Shipment"] is not JsonObject shipment) return null;
        var (shipper, from, to) = (shipment["Shipper"], shipment["ShipFrom"], shipment["ShipTo"]);
        if (Country(to) is "US" or "CA" or "VN" && Text(to, "Address", "StateProvinceCode") == "")
            return ("120206", "Missing or invalid ship to StateProvinceCode");
        if (Country(from) is "US" or "CA" or "VN" && Text(from, "Address", "StateProvinceCode") == "")
            return ("120306", "Missing or invalid ship from StateProvinceCode");
        if (Country(from) != Country(to))
        {
            if (!IsPhone(shipper)) return ("120107", "Missing or invalid shipper number or phone");
            if (!IsPhone(to)) return ("120217", "Missing or invalid ship to phone number");
            if (Text(to, "AttentionName") == "") return ("120202", "Missing or invalid ship to attention name");
            if (Text(shipment, "Description") == "") return ("121210", "Missing or invalid shipment description");
        }

        var form = shipment["ShipmentServiceOptions"]?["InternationalForms"];
        return form is null || Country(form["Contacts"]?["SoldTo"]) == Country(to) ? null
            : ("128014", "Missing or invalid SoldTo of the invoice");

        static string Country(JsonNode? party) => Text(party, "Address", "CountryCode");

        static bool IsPhone(JsonNode? party) =>
            Text(party, "Phone", "Number") is { Length: > 0 } number && number.All(char.IsAsciiDigit);
    }

    static JsonObject Priced(JsonNode shipment) => Json(Moved(Rates, Day(Text(
        shipment, "DeliveryTimeInformation", "Pickup", "Date"))).Replace(
            "USD", CurrencyOf(Text(shipment, "Shipper", "Address", "CountryCode")), StringComparison.Ordinal));

    static string Rated(string code, string list, string own, string day, string days) => $$"""
        {"Service":{"Code":"{{code}}"},
         "BillingWeight":{"UnitOfMeasurement":{"Code":"LBS","Description":"Pounds"},"Weight":"5.0"},
         "TransportationCharges":{"CurrencyCode":"USD","MonetaryValue":"{{list}}"},
         "ServiceOptionsCharges":{"CurrencyCode":"USD","MonetaryValue":"0.00"},
         "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"{{list}}"},
         "NegotiatedRateCharges":{"TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"{{own}}"},
          "ItemizedCharges":[{"Code":"375","Description":"Fuel Surcharge","CurrencyCode":"USD",
           "MonetaryValue":"1.85"}]},
         "RatedPackage":[{"Weight":"5.0"}],
         "TimeInTransit":{"PickupDate":"20261130","ServiceSummary":{"Service":{"Description":"x"},
          "EstimatedArrival":{"Arrival":{"Date":"{{day}}","Time":"233000"},"BusinessDaysInTransit":"{{days}}",
           "Pickup":{"Date":"20261130"},"DayOfWeek":"WED"} } } }
        """;

    static readonly string Rates = $$"""
        {"RateResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"} },
         "RatedShipment":[{{Rated("03", "18.00", "12.34", "20261203", "3")}},
          {{Rated("02", "31.10", "25.00", "20261202", "2")}}]} }
        """;

    const string Tracking = """
        {"trackResponse":{"shipment":[{"inquiryNumber":"x","package":[{"trackingNumber":"x",
         "deliveryDate":[{"date":"20261203","type":"SDD"}],"activity":[
         {"date":"20261203","time":"101500","gmtDate":"20261203","gmtTime":"15:15:00",
          "status":{"type":"D","code":"KB","description":"DELIVERED"},"location":{"address":{"city":"ATLANTA",
          "countryCode":"US"}}},
         {"date":"20261203","time":"080000","gmtDate":"20261203","gmtTime":"13:00:00",
          "status":{"type":"I","code":"OT","description":"Out For Delivery Today"}},
         {"date":"20261202","time":"220000","gmtDate":"20261203","gmtTime":"03:00:00",
          "status":{"type":"X","code":"DP","description":"Severe weather"}},
         {"date":"20261201","time":"120000","gmtDate":"20261201","gmtTime":"17:00:00",
          "status":{"type":"QQ","code":"77","description":"Something new"}},
         {"date":"20261201","time":"090000","gmtDate":"20261201","gmtTime":"14:00:00",
          "status":{"type":"P","code":"OR","description":"Origin scan"}},
         {"date":"20261130","time":"180000","gmtDate":"20261130","gmtTime":"23:00:00",
          "status":{"type":"M","code":"MP","description":"Shipper created a label"}}]}]}]}}
        """;

    const string Corrected = """
        {"XAVResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"}},"ValidAddressIndicator":"",
         "Candidate":[{"AddressKeyFormat":{"AddressLine":["26601 ALISO CREEK RD"],"PoliticalDivision2":"ALISO VIEJO",
          "PoliticalDivision1":"CA","PostcodePrimaryLow":"92656","PostcodeExtendedLow":"2885","CountryCode":"US"}}]}}
        """;
}
