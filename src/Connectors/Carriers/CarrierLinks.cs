namespace Fulfillment.Connectors;

/// <summary>Where buyers follow parcels: the carriers' own pages, as they publish them.</summary>
public static class CarrierLinks
{
    /// <summary>The page of a parcel; null where its carrier has none.</summary>
    public static string? Of(string carrier, string trackingNumber)
    {
        var number = Uri.EscapeDataString(trackingNumber);
        return carrier switch
        {
            UpsCarrier.Carrier => $"https://www.ups.com/track?tracknum={number}",
            FedExCarrier.Carrier => $"https://www.fedex.com/fedextrack/?trknbr={number}",
            DhlExpressCarrier.Carrier =>
                $"https://www.dhl.com/global-en/home/tracking/tracking-express.html?submit=1&tracking-id={number}",
            UspsCarrier.Carrier => $"https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
            _ => null,
        };
    }

    /// <summary>What buyers call a carrier.</summary>
    public static string NameOf(string carrier) => carrier switch
    {
        UpsCarrier.Carrier => "UPS",
        FedExCarrier.Carrier => "FedEx",
        DhlExpressCarrier.Carrier => "DHL Express",
        UspsCarrier.Carrier => "USPS",
        LocalCourier.Carrier => "our courier",
        _ => carrier,
    };
}
