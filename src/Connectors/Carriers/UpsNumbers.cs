using System.Text.Json.Nodes;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// The numbers that customs know a shipper by, as UPS Shipping has them (Shipping.yaml, ShipFrom_VendorInfo and
/// Shipment_GlobalTaxInformation). The IOSS number is a vendor collect ID; UPS prints it on the invoice that it draws
/// for customs.
/// </summary>
static class UpsNumbers
{
    const string Ioss = "0356", Consumer = "02", ShipFrom = "20", Exporter = "06", EoriOrImporter = "0002",
        Business = "1002", ForCustoms = "01", ForCustomsEori = "02";

    /// <summary>Adds them to a shipment.</summary>
    public static void Add(JsonObject shipment, CustomsDeclaration customs)
    {
        if (customs.Ioss is { } ioss)
        {
            shipment["ShipFrom"]!["VendorInfo"] = new JsonObject
            {
                ["VendorCollectIDTypeCode"] = Ioss,
                ["VendorCollectIDNumber"] = ioss,
                ["ConsigneeType"] = Consumer,
            };
        }

        JsonArray numbers = [];
        if (customs.Eori is { } eori) numbers.Add(Number(eori, EoriOrImporter, ForCustomsEori, eori[..2]));
        if (customs.GbVat is { } vat) numbers.Add(Number(vat, Business, ForCustoms, "GB"));
        if (numbers.Count == 0) return;
        shipment["GlobalTaxInformation"] = new JsonObject
        {
            ["AgentTaxIdentificationNumber"] = new JsonArray(new JsonObject
            {
                ["AgentRole"] = ShipFrom,
                ["TaxIdentificationNumber"] = numbers,
            }),
        };
    }

    static JsonObject Number(string number, string type, string purpose, string country) => new()
    {
        ["IdentificationNumber"] = number,
        ["IDNumberTypeCode"] = type,
        ["IDNumberPurposeCode"] = purpose,
        ["IDNumberCustomerRole"] = Exporter,
        ["IDNumberEncryptionIndicator"] = "0",
        ["IDNumberIssuingCntryCd"] = country == "XI" ? "GB" : country,
        ["IncludeIDNumberOnShippingBrokerageDocs"] = "01",
    };
}
