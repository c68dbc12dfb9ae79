using System.Security.Cryptography;
using System.Text;
using Fulfillment.Connectors;

namespace Fulfillment.Tests.Client;

/// <summary>The way of a parcel over HTTP: by hand and by webhook, its cases, its arrival.</summary>
public sealed class TrackingApiTests : IAsyncLifetime
{
    const string Secret = "a-secret-of-the-courier", Path = "/v1/webhooks/carriers/local-courier";

    ApiServer? _api;

    ApiServer Api => _api!;

    public async Task InitializeAsync() => _api = await ApiServer.Start(carriers: CarrierSettings.Default with
    {
        WebhookSecrets = new Dictionary<string, string>
        {
            ["local-courier"] = Secret,
            ["ups"] = "the-credential-of-ups",
        },
    });

    public async Task DisposeAsync() => await Api.DisposeAsync();

    static (string, string) Signed(string body, long? at = null, string secret = Secret)
    {
        var time = at ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return ("Courier-Signature", $"t={time},v1={Convert.ToHexStringLower(hash)}");
    }

    static string Body(string number, string milestone, int minutes = 0, string more = "") => $$"""
        {"trackingNumber":"{{number}}","events":[{"at":"2024-11-30T08:{{minutes:00}}:00Z","milestone":"{{milestone}}",
        "says":"told"}]{{more}}}
        """;

    Task<Answer> Hook(string body) => Api.Post(Path, body, Signed(body));

    Task<Answer> Tell(string sku, string id, string events, string more = "") =>
        Api.Post($"/v1/parcels/{sku}-P/events", $$"""{"id":"{{id}}","events":[{{events}}]{{more}}}""");

    [Fact]
    public async Task A_parcel_is_followed_to_the_door_and_its_order_is_delivered()
    {
        var number = await Api.Labelled("TEA");
        await Api.Embedded.ViewsReached();
        await Api.Leave("TEA");
        var taken = (await Hook(Body(number, "in-transit", 1))).Is(200);
        Assert.Equal(("accepted", 1, 0), (taken.Text("status"), taken.Number("parcels"), taken.Number("unmatched")));
        (await Hook(Body(number, "in-transit", 1))).Is(200);
        (await Hook(Body(number, "handed-over"))).Is(200);
        var now = (await Api.Get("/v1/parcels/TEA-P")).Is(200);
        Assert.Equal("in-transit", now.Text("status"));
        // The last one is ours: what the carrier told is dated before.
        Assert.Equal(["handed-over", "in-transit", "handed-over"], now.Each("milestone", "events"));
        Assert.Equal("in-transit", (await Api.List("/v1/parcels?order=TEA-O")).Text("items/0/status"));
        Assert.Equal("shipped", (await Api.Get("/v1/orders/TEA-O")).Text("status"));

        (await Hook(Body(number, "delivered", 30, ",\"signedBy\":\"B. Uyer\""))).Is(200);
        var done = (await Api.Get("/v1/parcels/TEA-P")).Is(200);
        Assert.Equal(("delivered", "B. Uyer"), (done.Text("status"), done.Text("proof/signedBy")));
        Assert.DoesNotContain(
            "B. Uyer", (await Api.Get($"/v1/parcels?order=TEA-O")).Body, StringComparison.Ordinal);
        await Api.Until("TEA-O", "delivered");
    }

    [Fact]
    public async Task What_the_courier_tells_at_once_finds_its_parcel()
    {
        for (var i = 0; i < 4; i++)
        {
            var number = await Api.Labelled($"FAST{i}");
            var taken = (await Hook(Body(number, "in-transit", 1))).Is(200);
            Assert.Equal(("accepted", 1), (taken.Text("status"), taken.Number("parcels")));
        }

        Assert.Equal("unmatched", (await Hook(Body("LC00", "in-transit"))).Is(200).Text("status"));
    }

    [Fact]
    public async Task What_a_carrier_says_is_kept_without_the_buyers_name()
    {
        var number = await Api.Labelled("HUSH");
        var body = Body(number, "delivered").Replace("told", "B UYER at A-WEG 1", StringComparison.Ordinal);
        (await Hook(body)).Is(200);
        Assert.Equal("B *** at ***-*** ***", (await Api.Get("/v1/parcels/HUSH-P")).Is(200).Text("events/0/says"));
        (await Hook(body)).Is(200);
        Assert.Single((await Api.Get("/v1/parcels/HUSH-P")).Is(200).Items("events"));
    }

    [Fact]
    public async Task What_is_delivered_before_its_hand_over_is_known_arrives_once_it_is()
    {
        var number = await Api.Labelled("JAM");
        await Api.Embedded.ViewsReached();
        (await Hook(Body(number, "delivered"))).Is(200);
        Assert.Equal("allocated", (await Api.Get("/v1/orders/JAM-O")).Text("status"));
        await Api.Leave("JAM");
        await Api.Until("JAM-O", "delivered");
    }

    [Fact]
    public async Task An_exception_is_a_case_until_somebody_closes_it_or_the_parcel_goes_on()
    {
        await Api.Labelled("MUG");
        const string failed = """
            {"at":"2024-11-30T08:00:00Z","milestone":"exception","code":"NH","says":"Nobody","why":"failed-attempt"}
            """;
        var told = (await Tell("MUG", "e1", failed, ",\"by\":\"anna\"")).Is(200);
        Assert.Equal(
            ("exception", "open", "failed-attempt", "ask-buyer", "NH"),
            (told.Text("status"), told.Text("cases/0/status"), told.Text("cases/0/reason"), told.Text("cases/0/next"),
                told.Text("cases/0/code")));
        (await Tell("MUG", "e1", failed, ",\"by\":\"anna\"")).Is(200);
        (await Tell("MUG", "e1", failed.Replace("08:00", "09:00", StringComparison.Ordinal)))
            .IsProblem(422, "idempotency-conflict");

        var open = await Api.List("/v1/parcel-cases?status=open&node=LEJ1&reason=failed-attempt");
        var found = Assert.Single(open.Items(), i => i.GetProperty("parcel").GetString() == "MUG-P");
        Assert.Equal("MUG-O", found.GetProperty("order").GetString());
        const string close = "/v1/parcels/MUG-P/cases/1/close";
        (await Api.Post(close, """{"id":"c1","resolution":"he is at home on Friday","by":"anna"}""")).Is(200);
        (await Api.Post(close, """{"id":"c1","resolution":"he is at home on Friday","by":"anna"}""")).Is(200);
        (await Api.Post(close, """{"id":"c1","resolution":"no"}""")).IsProblem(422, "idempotency-conflict");
        (await Api.Post(close, """{"id":"c2","resolution":"no"}""")).IsProblem(409, "case-closed");
        (await Api.Post("/v1/parcels/MUG-P/cases/9/close", """{"id":"c2","resolution":"no"}"""))
            .IsProblem(404, "unknown-case");
        var closed = await Api.List("/v1/parcel-cases?status=closed");
        Assert.Contains("he is at home on Friday", closed.Each("resolution"));
        // The feed tells who is to know.
        Assert.Contains("case-opened", await Feed("parcel", "MUG-P"), StringComparison.Ordinal);
    }

    async Task<string> Feed(string entity, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"/v1/events?entity={entity}&key={key}&after=0");
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        using var response = await Api.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, late.Token);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(late.Token));
        StringBuilder told = new();
        while (!told.ToString().Contains("case-closed", StringComparison.Ordinal))
            told.AppendLine(await reader.ReadLineAsync(late.Token));
        return told.ToString();
    }

    [Fact]
    public async Task A_code_that_nobody_knows_is_kept_counted_and_reported()
    {
        var number = await Api.Labelled("CUP");
        await Api.Embedded.ViewsReached();
        (await Hook(Body(number, "abducted", 1))).Is(200);
        (await Hook(Body(number, "abducted", 2))).Is(200);
        var now = (await Api.Get("/v1/parcels/CUP-P")).Is(200);
        Assert.Equal(("labelled", 2), (now.Text("status"), now.Number("unknownCodes")));
        Assert.Equal("other", now.Text("events/0/milestone"));
        var codes = await Api.List("/v1/tracking-codes");
        Assert.Equal(
            ("local-courier", "abducted", 2),
            (codes.Text("items/0/carrier"), codes.Text("items/0/code"), codes.Number("items/0/times")));
    }

    [Fact]
    public async Task A_webhook_that_is_not_the_carrier_s_is_refused_and_changes_nothing()
    {
        var number = await Api.Labelled("POT");
        await Api.Embedded.ViewsReached();
        var body = Body(number, "delivered");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        (await Api.Post(Path, body)).IsProblem(401, "unsigned");
        (await Api.Post(Path, body, Signed(body, secret: "somebody-else-s-secret"))).IsProblem(401, "wrong-signature");
        (await Api.Post(Path, body.Replace("told", "sold", StringComparison.Ordinal), Signed(body)))
            .IsProblem(401, "wrong-signature");
        (await Api.Post(Path, body, Signed(body, now - 3_600))).IsProblem(400, "too-old");
        (await Hook("{}")).IsProblem(400, "malformed-webhook");
        (await Hook($"{{\"pad\":\"{new string('x', 1 << 20)}\"}}")).IsProblem(413, "too-large");
        (await Api.Post("/v1/webhooks/carriers/fedex", body)).IsProblem(404, "unknown-carrier");
        (await Api.Post("/v1/webhooks/carriers/ups", body, ("credential", "wrong")))
            .IsProblem(401, "wrong-signature");
        Assert.Empty((await Api.Get("/v1/parcels/POT-P")).Is(200).Items("events"));
        var other = (await Hook(Body("LC000000000000000", "delivered"))).Is(200);
        Assert.Equal(("unmatched", 1), (other.Text("status"), other.Number("unmatched")));
    }

    [Fact]
    public async Task What_is_told_of_a_voided_label_is_a_case_and_leads_nowhere()
    {
        var number = await Api.Labelled("HAT");
        await Api.Embedded.ViewsReached();
        (await Api.Post("/v1/parcels/HAT-P/void", """{"id":"v1","reason":"torn"}""")).Is(200);
        (await Hook(Body(number, "in-transit"))).Is(200);
        var now = (await Api.Get("/v1/parcels/HAT-P")).Is(200);
        Assert.Equal(("planned", "void-label"), (now.Text("status"), now.Text("cases/0/reason")));
        (await Tell("HAT", "e1", """{"at":"2024-11-30T08:00:00Z","milestone":"delivered"}"""))
            .IsProblem(409, "no-label");
    }
}
