using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// What a carrier knows of places: where parcels are left and fetched, and whether he delivers to an address. Asked for
/// by POST, for an address has no place in a path. Nothing is kept.
/// </summary>
static class CarrierPlacesApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapCarrierPlaces(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/carriers/{carrier}/service-points", Points)
            .Describe(
                "findServicePoints", "Where parcels are left and fetched near an address, nearest first", "shipping")
            .Accepts<RateToRequest>("application/json").Answers<ServicePointsBody>(200).Refuses(400, 404, 409);
        routes.MapPost("/v1/carriers/{carrier}/address-checks", Check)
            .Describe(
                "checkAddress", "Whether a carrier delivers to an address as it is written, and how he writes it",
                "shipping")
            .Accepts<RateToRequest>("application/json").Answers<AddressCheckBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Points(HttpContext http, Carriers carriers, string carrier)
    {
        var (desk, near, unknown) = await Read(http, carriers, carrier);
        if (desk is null) return unknown!;
        if (!desk.Carrier.Can.HasFlag(CarrierAbility.ServicePoints))
            return Problem.Conflict("no-service-points", $"{carrier} tells of no service points.");
        var (told, silent) = await Ask(http, carriers, desk, (c, stop) => c.Points(near!, stop));
        if (told is null) return silent!;
        if (told.Status != CarrierStatus.Done)
            return Problem.Conflict(
                "carrier-refuses", $"{carrier} refuses ({told.Refusal?.Code ?? "refused"}): "
                + $"{told.Refusal?.Says ?? "no reason given"}.");
        return Answer.Ok(
            new([.. told.Points.Select(p => new ServicePointBody(p.Id, p.Name, Body(p.At), p.Metres))]),
            ApiJson.Wire.ServicePointsBody);
    }

    static async Task<IResult> Check(HttpContext http, Carriers carriers, string carrier)
    {
        var (desk, address, unknown) = await Read(http, carriers, carrier);
        if (desk is null) return unknown!;
        var (told, silent) = await Ask(http, carriers, desk, (c, stop) => c.Check(address!, stop));
        if (told is null) return silent!;
        return Answer.Ok(
            new(
                Words<AddressVerdict>.Of(told.Verdict), [.. told.Suggestions.Select(Body)], told.Refusal?.Code,
                told.Refusal?.Says),
            ApiJson.Wire.AddressCheckBody);
    }

    static async ValueTask<(CarrierDesk? Desk, ShipAddress? Place, Problem? Unknown)> Read(
        HttpContext http, Carriers carriers, string carrier)
    {
        Requests.PathId("carrier", carrier);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.RateToRequest);
        Fields fields = new();
        var place = RateReader.At(fields, "", request);
        fields.Check();
        return carriers.Find(carrier) is { } desk ? (desk, place, null)
            : (null, null, Problem.NotFound("unknown-carrier", $"No carrier {carrier} is set up."));
    }

    /// <summary>Like a price: anybody may ask, and no label waits for it.</summary>
    static async ValueTask<(T? Told, Problem? Silent)> Ask<T>(
        HttpContext http, Carriers carriers, CarrierDesk desk, Func<ICarrier, CancellationToken, ValueTask<T>> call)
        where T : class
    {
        try
        {
            return (await desk.Ask(
                call, carriers.RateDeadline, http.RequestAborted, kind: CarrierCall.Place), null);
        }
        catch (ProviderUnclearException e)
        {
            return (null, new(
                503, "carrier-unavailable", "The carrier does not answer.", $"{desk.Carrier.Name} {e.Why}.",
                retryAfter: 5));
        }
    }

    static PlaceBody Body(ShipAddress at) =>
        new(at.Country, at.Postcode, at.City, at.State, at.Lines.IsDefault ? [] : at.Lines);
}
