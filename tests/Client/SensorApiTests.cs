using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>Sensors: signed observations that change no stock, and counts where they disagree.</summary>
public sealed class SensorApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Epcis = "gs1/epcis/JSON";

    /// <summary>The documents of GS1; none where they are not here.</summary>
    public static TheoryData<string> Documents => Fixtures.Find(Epcis) is { } folder
        ? [.. Directory.EnumerateFiles(folder, "*.jsonld", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)]
        : [""];

    static string Signed(string body, string secret, long? at = null)
    {
        var time = (at ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }

    Task<Answer> Send(string sensor, string secret, string body, long? at = null) => api.Post(
        "/v1/observations", body, ("Sensor", sensor), ("Sensor-Signature", Signed(body, secret, at)));

    async Task<string> Gate(string id, string more = "")
    {
        await api.Stock("NODE", 0);
        return (await api.Put($"/v1/sensors/{id}",
            $$"""{"node":"LEJ1","type":"rfid-gate","places":[{}]{{more}}}""")).Is(201).Text("secret")!;
    }

    async Task<string> Shelf(string id, int units)
    {
        await api.Stock(id, 0);
        (await api.Post($"/v1/skus/{id}/receipts",
            $$"""{"id":"r","node":"LEJ1","quantity":{{units}},"bin":"{{id}}"}""")).Is(201);
        return (await api.Put($"/v1/sensors/{id}", $$"""
            {"node":"LEJ1","type":"weight-shelf","tolerance":1,
             "places":[{"bin":"{{id}}","sku":"{{id}}","gramsPerUnit":100}]}
            """)).Is(201).Text("secret")!;
    }

    [Fact]
    public async Task A_weight_that_disagrees_asks_for_one_count_and_changes_no_stock()
    {
        var secret = await Shelf("SHELF", 10);
        Assert.Empty((await Send("SHELF", secret, Weight("a", 910))).Is(200).Items("tasks"));
        var second = (await Send("SHELF", secret, Weight("b", 700))).Is(200);
        Assert.Equal(("entered", "sensor:SHELF:1"), (second.Text("items/0/status"), second.Text("tasks/0/count")));
        Assert.Equal(["sensor:SHELF:1"], (await Send("SHELF", secret, Weight("c", 600))).Each("count", "tasks"));
        Assert.Equal("repeated", (await Send("SHELF", secret, Weight("b", 700))).Is(200).Text("items/0/status"));
        (await Send("SHELF", secret, Weight("b", 701))).IsProblem(422, "idempotency-conflict");
        Assert.Equal(10, (await api.Get("/v1/skus/SHELF")).Number("onHand"));

        var count = await api.Until("/v1/counts/sensor:SHELF:1", c => c.Status == 200);
        Assert.Equal(("sensor", "SHELF"), (count.Text("reason"), count.Text("places/0/bin")));
        (await api.Post("/v1/counts/sensor:SHELF:1/scans",
            """{"id":"s","by":"anna","sku":"SHELF","quantity":10,"bin":"SHELF"}""")).Is(201);
        (await api.Post("/v1/counts/sensor:SHELF:1/finish", """{"id":"f","by":"anna","bin":"SHELF"}""")).Is(200);
        await api.Until("/v1/sensors/SHELF", s => s.Items("tasks").Count == 0);
        Assert.Equal("sensor:SHELF:2", (await Send("SHELF", secret, Weight("d", 700))).Text("tasks/0/count"));

        static string Weight(string id, int grams) =>
            $$"""{"id":"{{id}}","bin":"SHELF","grams":{{grams}}}""";
    }

    [Fact]
    public async Task What_is_not_signed_by_the_sensor_is_not_heard()
    {
        var secret = await Shelf("FORGED", 5);
        const string body = """{"id":"a","bin":"FORGED","grams":500}""";
        (await Send("FORGED", secret + "x", body)).IsProblem(401, "wrong-signature");
        (await api.Post("/v1/observations", body, ("Sensor", "FORGED"),
            ("Sensor-Signature", Signed(body.Replace('5', '6'), secret)))).IsProblem(401, "wrong-signature");
        (await api.Post("/v1/observations", body, ("Sensor", "FORGED"))).IsProblem(401, "unsigned");
        (await Send("FORGED", secret, body, 1_000)).IsProblem(401, "too-old");
        (await Send("NOBODY", secret, body)).IsProblem(401, "unknown-sensor");
        var again = (await api.Put("/v1/sensors/FORGED", """
            {"node":"LEJ1","type":"weight-shelf","tolerance":1,"key":2,
             "places":[{"bin":"FORGED","sku":"FORGED","gramsPerUnit":100}]}
            """)).Is(200);
        (await Send("FORGED", secret, body)).IsProblem(401, "wrong-signature");
        (await Send("FORGED", again.Text("secret")!, body)).Is(200);
        Assert.Null((await api.Get("/v1/sensors/FORGED")).Text("secret"));
        var files = Directory.EnumerateFiles(api.Folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "lock");
        Assert.All(files, file => Assert.False(Has(file, secret), file));

        static bool Has(string file, string text)
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream all = new();
            stream.CopyTo(all);
            return all.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }
    }

    [Fact]
    public async Task A_gate_that_sees_what_the_books_do_not_have_asks_for_a_count()
    {
        var secret = await Gate("GATE");
        await api.Stock("SEEN", 0, """
            ,"tracking":{"serials":true},"packs":[{"unit":"each","eaches":1,"gtin":"04012345111118"}]
            """);
        (await api.Post("/v1/skus/SEEN/receipts",
            """{"id":"r","node":"LEJ1","quantity":1,"serials":["22"]}""")).Is(201);
        Assert.Empty((await Send("GATE", secret, Document("e1", "22"))).Is(200).Items("tasks"));
        var other = (await Send("GATE", secret, Document("e2", "23"))).Is(200);
        Assert.Equal((true, "SEEN"), (other.At("items/0/disagrees")!.Value.GetBoolean(), other.Text("tasks/0/sku")));
        Assert.Equal(1, (await api.Get("/v1/skus/SEEN")).Number("onHand"));

        static string Document(string id, string serial) => $$"""
            {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument",
             "schemaVersion":"2.0","epcisBody":{"eventList":[{"type":"ObjectEvent","eventID":"{{id}}",
             "eventTime":"2026-01-05T08:00:00Z","eventTimeZoneOffset":"+01:00","action":"OBSERVE",
             "epcList":["urn:epc:id:sgtin:4012345.011111.{{serial}}"],"bizStep":"shipping"}]} }
            """;
    }

    [SkippableTheory, MemberData(nameof(Documents))]
    public async Task Every_document_of_gs1_is_entered_or_refused_for_what_it_is(string file)
    {
        Skip.If(file.Length == 0, Fixtures.Missing(Epcis));
        var body = await File.ReadAllTextAsync(Path.Combine(Fixtures.Find(Epcis)!, file));
        var id = $"G{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..12]}";
        var answer = await Send(id, await Gate(id), body);
        if (body.Contains("AssociationEvent", StringComparison.Ordinal)
            || body.Contains("TransformationEvent", StringComparison.Ordinal))
        {
            answer.Is(400);
            Assert.Contains("unsupported-event", answer.Body, StringComparison.Ordinal);
            return;
        }

        Assert.Equal("entered", answer.Is(200).Text("items/0/status"));
        Assert.All((await Send(id, (await api.Put($"/v1/sensors/{id}",
            """{"node":"LEJ1","type":"rfid-gate","places":[{}],"key":2}""")).Text("secret")!, body)).Is(200).Items(),
            item => Assert.Equal("repeated", item.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("""{"type":"EPCISDocument","epcisBody":{}}""", "/epcisBody/eventList")]
    [InlineData("""{"type":"Other","epcisBody":{"eventList":[]}}""", "/type")]
    [InlineData("""{"type":"EPCISDocument","epcisBody":{"eventList":[]}}""", "/epcisBody/eventList")]
    [InlineData("""{"type":"EPCISDocument","epcisBody":{"eventList":[7]}}""", "/epcisBody/eventList/0")]
    [InlineData("""[{"action":"LOOK","epcList":[]}]""", "/epcisBody/eventList/0/action")]
    [InlineData("""[{"action":"ADD","epcList":["no uri"]}]""", "/epcisBody/eventList/0/epcList/0")]
    [InlineData("""[{"action":"ADD"}]""", "/epcisBody/eventList/0/epcList")]
    [InlineData("""[{"action":"ADD","epcList":{}}]""", "/epcisBody/eventList/0/epcList")]
    [InlineData("""[{"action":"ADD","quantityList":[{"quantity":1}]}]""",
        "/epcisBody/eventList/0/quantityList/0/epcClass")]
    [InlineData("""[{"action":"ADD","quantityList":[{"epcClass":"urn:x:y","quantity":1.5}]}]""",
        "/epcisBody/eventList/0/quantityList/0/quantity")]
    [InlineData("""[{"action":"ADD","epcList":[],"eventTime":"then"}]""", "/epcisBody/eventList/0/eventTime")]
    [InlineData("""{"bin":"B","grams":1}""", "/id")]
    [InlineData("""{"id":"a","grams":1}""", "/grams")]
    [InlineData("7", "")]
    public async Task What_cannot_be_understood_is_refused_with_where(string body, string field)
    {
        var id = $"M{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..12]}";
        if (body[0] == '[')
        {
            var more = body.Contains("eventTime", StringComparison.Ordinal) ? ""
                : "\"eventTime\":\"2026-01-05T08:00:00Z\",";
            body = $$"""{"type":"EPCISDocument","epcisBody":{"eventList":[{"type":"ObjectEvent",{{more}}"""
                + """ "eventTimeZoneOffset":"+01:00",""" + body[2..] + "}}";
        }

        var answer = (await Send(id, await Gate(id), body)).Is(400);
        Assert.Contains(field, answer.Each("field", "errors"));
    }
}
