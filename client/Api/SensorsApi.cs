using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Connectors;
using Fulfillment.Sensing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Sensors: registered, and heard when their signature is right. What they say changes no stock.</summary>
public static class SensorsApi
{
    /// <summary>The largest observation.</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>The header that names the sensor.</summary>
    public const string SensorHeader = "Sensor";

    const int MostKeys = 1_000_000, MostGrams = 1_000_000_000;

    /// <summary>Adds the routes.</summary>
    public static void MapSensors(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/sensors/{id}", Put)
            .Describe("putSensor", "Registers a sensor; the answer tells the secret that it signs with", "sensors")
            .Accepts<SensorRequest>("application/json").Answers<SensorBody>(201, 200).Refuses(400, 409);
        routes.MapGet("/v1/sensors/{id}", Get).Describe("getSensor", "A sensor, and the counts it caused", "sensors")
            .Answers<SensorBody>(200).Refuses(400, 404);
        routes.MapPost("/v1/observations", Observe)
            .Describe(
                "postObservation",
                "What a sensor sensed: an EPCIS 2.0 document with object or aggregation events, or a weight; signed",
                "sensors")
            .Accepts<object>("application/json").Answers<ObservationsBody>(200).Refuses(400, 401, 422);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.SensorRequest);
        Fields fields = new();
        var terms = Terms(fields, request);
        var key = request.Key is null ? (int?)null : fields.Number("/key", request.Key, 1, MostKeys);
        fields.Check();
        if ((await seat.Node(terms.Node).Get(http.RequestAborted)).Card is null)
            return NodesApi.UnknownAt("/node", terms.Node);
        var sensor = seat.Sensor(id);
        var known = (await sensor.Get(http.RequestAborted)).Sensor;
        var reply = await sensor.Change(
            new SensorCommand.Register(terms, key ?? known?.Key ?? 1), http.RequestAborted);
        if (reply.Status == SensorStatus.KeyOver)
            return Problem.Conflict("key-over", $"Sensor {id} signs with a later key: {reply.Sensor!.Key}.");
        var secret = Secret(backend, seat.Seller, id, reply.Sensor!.Key);
        var body = Body(id, reply.Sensor, known is null || known.Key != reply.Sensor.Key ? secret : null);
        return known is null ? Answer.Created(body, ApiJson.Wire.SensorBody, $"/v1/sensors/{id}")
            : Answer.Ok(body, ApiJson.Wire.SensorBody);
    }

    static SensorTerms Terms(Fields fields, SensorRequest request)
    {
        var kind = fields.Word<SensorKind>("/type", request.Type);
        if (request.Places is not { Count: > 0 }) fields.Add("/places", "required", "is missing or empty");
        else if (request.Places.Count > Sensor.MaxPlaces)
            fields.Add("/places", "too-many", $"at most {Sensor.MaxPlaces}");
        var places = ImmutableArray.CreateBuilder<SensorPlace>();
        foreach (var (place, i) in (request.Places ?? []).Take(Sensor.MaxPlaces).Select((p, i) => (p, i)))
        {
            var at = $"/places/{i}";
            if (place is null) fields.Add(at, "required", "is missing");
            else if (kind == SensorKind.WeightShelf && request.Type is not null)
                places.Add(new(
                    Id($"{at}/bin", place.Bin), fields.Id($"{at}/sku", place.Sku),
                    fields.Number($"{at}/gramsPerUnit", place.GramsPerUnit, 1, MostGrams)));
            else if (place.GramsPerUnit is not null)
                fields.Add($"{at}/gramsPerUnit", "unknown-field", "is of weight shelves");
            else places.Add(new(Id($"{at}/bin", place.Bin), Id($"{at}/sku", place.Sku)));
        }

        if (kind == SensorKind.WeightShelf && places.DistinctBy(p => p.Bin).Count() < places.Count)
            fields.Add("/places", "duplicate", "names a bin twice");
        return new(
            fields.Id("/node", request.Node), kind, places.ToImmutable(),
            request.Tolerance is null ? 0 : fields.Number("/tolerance", request.Tolerance, 0, int.MaxValue));

        string? Id(string field, string? value) => value is null ? null : fields.Id(field, value);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        return (await http.Seat(backend).Sensor(id).Get(http.RequestAborted)).Sensor is { } sensor
            ? Answer.Ok(Body(id, sensor, null), ApiJson.Wire.SensorBody)
            : Problem.NotFound("unknown-sensor", $"There is no sensor {id}.");
    }

    static async Task<IResult> Observe(HttpContext http, Backend backend, TimeProvider time)
    {
        var seat = http.Seat(backend);
        string? id = http.Request.Headers[SensorHeader];
        // The signature is over every byte.
        var body = await http.BodyAsSent(MaxBody);
        var sensor = PurchaseReader.IsId(id) ? (await seat.Sensor(id!).Get(http.RequestAborted)).Sensor : null;
        if (sensor?.Terms is not { } terms)
            return Refused(401, "unknown-sensor", $"The header {SensorHeader} must name a registered sensor.");
        if (SensorSignature.Fault(
            http.Request.Headers[SensorSignature.Header], body.Span, Secret(backend, seat.Seller, id!, sensor.Key),
            time.GetUtcNow()) is { } fault) return Refused(fault);
        body = CardMask.Masked(body);
        JsonText.Check(body.Span);
        if (Json(body) is not { } json)
            return Problem.Invalid("", "malformed-json", "must be an EPCIS document or a weight, as a JSON object");
        Fields fields = new();
        Observations books = new(seat, id!, terms, http.RequestAborted);
        List<SensorCommand.Observe> observed = [];
        if (EpcisReader.Is(json))
        {
            var events = EpcisReader.Read(fields, json);
            fields.Check();
            foreach (var e in events) observed.Add(new(e.Id, e.Content, e.At, e.What, await books.Seen(e)));
        }
        else
        {
            var weight = Requests.Parse(body.Span, ApiJson.Wire.WeightRequest);
            observed.Add(await Weighed(fields, books, terms, weight, time.GetUtcNow()));
        }

        return await Enter(http, seat, id!, observed);
    }

    static JsonElement? Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async ValueTask<SensorCommand.Observe> Weighed(
        Fields fields, Observations books, SensorTerms terms, WeightRequest weight, DateTimeOffset now)
    {
        var id = fields.Id("/id", weight.Id);
        var bin = weight.Bin is null ? null : fields.Id("/bin", weight.Bin);
        var grams = fields.Number("/grams", weight.Grams, 0, MostGrams);
        var at = fields.Told("/at", weight.At, now) ?? now;
        var place = terms.Places.FirstOrDefault(p => p.Bin == bin);
        if (terms.Kind != SensorKind.WeightShelf) fields.Add("/grams", "other-kind", "is of weight shelves");
        else if (place is null) fields.Add("/bin", "not-the-place", "is none that the sensor looks at");
        fields.Check();
        return new(
            id, Fingerprint.Of(weight.At, bin, $"{grams}"), at, $"{grams} g", await books.Weighed(place!, grams));
    }

    static async Task<IResult> Enter(HttpContext http, Seat seat, string id, List<SensorCommand.Observe> observed)
    {
        List<ObservationBody> items = [];
        Sensor? after = null;
        foreach (var observation in observed)
        {
            var reply = await seat.Sensor(id).Change(observation, http.RequestAborted);
            if (reply.Status == SensorStatus.DifferentContent)
                return Problem.OtherContent($"Observation id {observation.Id}");
            after = reply.Sensor;
            items.Add(new(
                observation.Id, reply.Status == SensorStatus.Done ? "entered" : "repeated",
                [.. observation.Readings.Select(r => r.Sku).Distinct()], observation.Readings.Any(r => r.Disagrees)));
        }

        return Answer.Ok(new(id, items, Tasks(after!)), ApiJson.Wire.ObservationsBody);
    }

    /// <summary>Made from the installation's key whenever it is needed, and kept nowhere.</summary>
    static string Secret(Backend backend, string seller, string id, int key) =>
        backend.Keyring.Mark($"sensor {seller}/{id} {key}");

    static Problem Refused(WebhookStatus fault) => fault switch
    {
        WebhookStatus.Unsigned => Refused(401, "unsigned", $"The header {SensorSignature.Header} is missing."),
        WebhookStatus.TooOld => Refused(401, "too-old", "It was signed too long ago, or in the future."),
        WebhookStatus.WrongSignature => Refused(401, "wrong-signature", "The signature is not the sensor's."),
        _ => Refused(401, "malformed-signature", $"The header {SensorSignature.Header} must be t=...,v1=..."),
    };

    static Problem Refused(int status, string code, string detail) =>
        new(status, code, "The observation was refused.", detail);

    static IReadOnlyList<SensorTaskBody> Tasks(Sensor sensor) =>
        [.. sensor.Tasks.Select(t => new SensorTaskBody(t.Count, t.Bin, t.Sku))];

    static SensorBody Body(string id, Sensor sensor, string? secret) => new(
        id, sensor.Terms!.Node, Words<SensorKind>.Of(sensor.Terms.Kind),
        [
            .. sensor.Terms.Places.Select(p => new SensorPlaceBody(
                p.Bin, p.Sku, p.GramsPerUnit == 0 ? null : p.GramsPerUnit)),
        ],
        sensor.Terms.Tolerance, sensor.Key, Tasks(sensor), sensor.LastAt, secret);
}
