using System.Text;
using System.Text.Json;
using Fulfillment.Client.Api;
using Fulfillment.Screening;

namespace Fulfillment.Tests.Client;

/// <summary>The fraud policy, what it makes of an order, and that nobody can be recognised by what is kept.</summary>
public sealed class FraudTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Buyer =
        """
        "customer":{"id":"c-77","name":"Wilhelmine Kaltenbrunner","email":"W.Kaltenbrunner+x@gmail.com",
         "ip":"25.45.36.165","ipCountry":"NL"},
        "shipTo":{"name":"Wilhelmine Kaltenbrunner","line1":"Lindenallee 17","postcode":"04109","country":"DE"},
        "paymentMethod":{"fingerprint":"fp-9f3e2d","country":"US","failedAttempts":4}
        """;

    /// <summary>What of that buyer may stand nowhere, in any spelling that the reader makes of it.</summary>
    static readonly string[] Secrets =
    [
        "kaltenbrunner", "wilhelmine", "gmail", "25.45.36", "lindenallee", "04109", "fp-9f3e2d", "c-77",
    ];

    [Fact]
    public async Task A_policy_that_nobody_set_is_the_built_in_one()
    {
        var policy = (await api.Get("/v1/fraud-policy", ("Seller", "fresh"))).Is(200);

        Assert.Equal("\"0\"", policy.Header("ETag"));
        Assert.Equal((50L, 85L), (policy.Number("review"), policy.Number("reject")));
        Assert.Equal("P1D", policy.Text("reviewWithin"));
        Assert.Equal(20, policy.Number("weights/disposable-email"));
        Assert.Equal(
            FraudReason.All.Select(r => r.Name), policy.At("weights")!.Value.EnumerateObject().Select(w => w.Name));
    }

    [Fact]
    public async Task A_policy_is_replaced_and_given_back_as_it_was_put()
    {
        var seller = ("Seller", "strict");
        var text = """{"review":30,"reject":60,"reviewWithin":"PT4H","weights":{"night-order":0,"declines":20}}""";

        var changed = (await api.Put("/v1/fraud-policy", text, seller)).Is(200);

        Assert.Equal("\"1\"", changed.Header("ETag"));
        Assert.Equal((0L, 20L), (changed.Number("weights/night-order"), changed.Number("weights/declines")));
        Assert.Equal(changed.Body, (await api.Get("/v1/fraud-policy", seller)).Body);
        var head = api.Head;
        Assert.Equal(changed.Body, (await api.Put("/v1/fraud-policy", text, seller)).Is(200).Body);
        Assert.Equal(head, api.Head);
        Assert.Equal(50, (await api.Get("/v1/fraud-policy", ("Seller", "other"))).Number("review"));
    }

    [Fact]
    public async Task A_change_of_an_old_revision_is_refused()
    {
        var seller = ("Seller", "careful");
        const string policy = """{"review":30,"reject":60}""";
        (await api.Put("/v1/fraud-policy", policy, seller, ("If-Match", "\"1\""))).IsProblem(412, "stale", "If-Match");
        var tag = (await api.Put("/v1/fraud-policy", policy, seller, ("If-Match", "\"0\""))).Is(200).Header("ETag")!;

        (await api.Put("/v1/fraud-policy", """{"review":1,"reject":2}""", seller, ("If-Match", "\"0\"")))
            .IsProblem(412, "stale", "If-Match");
        Assert.Equal(tag, (await api.Get("/v1/fraud-policy", seller)).Header("ETag"));
        (await api.Put("/v1/fraud-policy", """{"review":1,"reject":2}""", seller, ("If-Match", "*"))).Is(200);
    }

    [Theory]
    [InlineData("""{"reject":60}""", "required", "/review")]
    [InlineData("""{"review":50}""", "required", "/reject")]
    [InlineData("""{"review":0,"reject":60}""", "out-of-range", "/review")]
    [InlineData("""{"review":50,"reject":101}""", "out-of-range", "/reject")]
    [InlineData("""{"review":61,"reject":60}""", "not-ordered", "/reject")]
    [InlineData("""{"review":1,"reject":60,"reviewWithin":"4 hours"}""", "bad-duration", "/reviewWithin")]
    [InlineData("""{"review":1,"reject":60,"reviewWithin":"PT59S"}""", "out-of-range", "/reviewWithin")]
    [InlineData("""{"review":1,"reject":60,"reviewWithin":"P31D"}""", "out-of-range", "/reviewWithin")]
    [InlineData("""{"review":1,"reject":60,"reviewWithin":"P99999999999D"}""", "bad-duration", "/reviewWithin")]
    [InlineData("""{"review":1,"reject":60,"weights":{"colour":1}}""", "unknown-value", "/weights/colour")]
    [InlineData("""{"review":1,"reject":60,"weights":{"a/b":1}}""", "unknown-value", "/weights/a~1b")]
    [InlineData("""{"review":1,"reject":60,"weights":{"model":101}}""", "out-of-range", "/weights/model")]
    [InlineData("""{"review":1,"reject":60,"weights":{"model":-1}}""", "out-of-range", "/weights/model")]
    [InlineData("""{"review":1,"reject":60,"weights":{"model":null}}""", "required", "/weights/model")]
    [InlineData("""{"review":1,"reject":60,"colour":1}""", "unknown-field", "/colour")]
    public async Task A_policy_that_cannot_be_is_refused_with_the_field(string policy, string code, string field)
    {
        var head = api.Head;
        (await api.Put("/v1/fraud-policy", policy)).IsProblem(400, code, field);
        Assert.Equal(head, api.Head);
    }

    [Fact]
    public async Task An_order_is_assessed_with_its_reasons_and_nothing_is_written()
    {
        var head = api.Head;

        var said = (await api.Post(
            "/v1/fraud/assess", $$$"""{{{{Buyer}}},"amount":{"amount":9900,"currency":"EUR"}}""")).Is(200);

        Assert.Equal(head, api.Head);
        Assert.Equal(FraudCoefficients.Version, said.Text("model"));
        Assert.Equal(0, said.Number("policyVersion"));
        Assert.Superset(
            new HashSet<string?> { "card-country-differs", "failed-attempts", "ip-country-differs" },
            said.Each("name", "reasons").ToHashSet());
        Assert.Equal(
            Math.Min(100, said.Items("reasons").Sum(r => r.GetProperty("points").GetInt64())), said.Number("score"));
        Assert.Empty(Found(said.Body));
    }

    [Fact]
    public async Task What_was_seen_before_counts_and_the_policy_decides()
    {
        var seller = ("Seller", "seen");
        var seat = new Seat(api.Embedded.Cluster, "seen", new("test", "test"));
        var signals = Signals("seen");
        foreach (var name in signals.TraceNames()) await seat.Trace(name).Note("o-1", new Money(5, "EUR"), "DE");
        await seat.Trace(new(TraceOf.Card, signals.CardKey!)).NoteFraud("o-1");
        await seat.FraudPolicy().Set(
            FraudSettings.BuiltIn with { Review = 20, Reject = 100, Weights = [new("confirmed-fraud", 17)] });

        var said = (await api.Post("/v1/fraud/assess", $"{{{Buyer}}}", seller)).Is(200);

        Assert.Equal(("review", 1L), (said.Text("verdict"), said.Number("policyVersion")));
        Assert.Contains(
            said.Items("reasons"), r => r.GetProperty("name").GetString() == "confirmed-fraud"
                && r.GetProperty("points").GetInt32() == 17);
        var stranger = (await api.Post("/v1/fraud/assess", $"{{{Buyer}}}", ("Seller", "elsewhere"))).Is(200);
        Assert.DoesNotContain("confirmed-fraud", stranger.Each("name", "reasons"));
    }

    [Fact]
    public async Task Of_an_order_that_tells_nothing_there_is_an_assessment_too() =>
        Assert.Equal("accept", (await api.Post("/v1/fraud/assess", "{}")).Is(200).Text("verdict"));

    [Theory]
    [InlineData("""{"customer":[]}""", "wrong-type", "/customer")]
    [InlineData("""{"billTo":"here"}""", "wrong-type", "/billTo")]
    [InlineData("""{"amount":{"amount":-1,"currency":"EUR"}}""", "out-of-range", "/amount/amount")]
    [InlineData("""{"orderedAt":"today"}""", "bad-time", "/orderedAt")]
    [InlineData("""{"lines":[]}""", "unknown-field", "/lines")]
    public async Task What_cannot_be_assessed_is_refused_with_the_field(string body, string code, string field) =>
        (await api.Post("/v1/fraud/assess", body)).IsProblem(400, code, field);

    [Fact]
    public async Task Nothing_that_is_kept_tells_who_bought()
    {
        var seat = new Seat(api.Embedded.Cluster, "private", new("test", "test"));
        var signals = Signals("private");
        foreach (var name in signals.TraceNames())
        {
            await seat.Trace(name).Note("o-1", new Money(5, "EUR"), signals.ShippingCountry);
            await seat.Trace(name).NoteDecline("o-1", "a-1");
            await seat.Trace(name).NoteFraud("o-1");
        }

        Assert.Equal(12, Kept("private").Count);
        Assert.Empty(Kept("private").SelectMany(Found));
        Assert.Empty(Found(JsonSerializer.Serialize(signals)));
    }

    /// <summary>The check itself is checked: with pseudonyms that are none it must find the buyer.</summary>
    [Fact]
    public async Task Who_would_forget_the_pseudonyms_is_found_out()
    {
        var seat = new Seat(api.Embedded.Cluster, "leaky", new("test", "test"));
        foreach (var name in Read(text => text).TraceNames()) await seat.Trace(name).Note("o-1", null, null);

        Assert.Equal(
            ["04109", "25.45.36", "fp-9f3e2d", "gmail", "kaltenbrunner", "lindenallee"],
            Kept("leaky").SelectMany(Found).Distinct().Order(StringComparer.Ordinal));
    }

    Signals Signals(string seller) => Read(text => api.Embedded.Cluster.Keyring.Pseudonym(seller, text));

    static Signals Read(Func<string, string> pseudonym)
    {
        using var order = JsonDocument.Parse($"{{{Buyer}}}");
        var root = order.RootElement;
        return SignalReader.Read(
            root.GetProperty("customer"), root.GetProperty("shipTo"), null, root.GetProperty("paymentMethod"), null,
            pseudonym)!;
    }

    /// <summary>Keys and contents of all events of a seller's traces.</summary>
    List<string> Kept(string seller) =>
    [
        .. api.Embedded.Journal.Read(0, int.MaxValue)
            .Where(e => e.Entity.Kind == TraceCalls.Kind && e.Entity.Seller == seller)
            .Select(e => $"{e.Entity} {Encoding.UTF8.GetString(e.Payload)}"),
    ];

    static IEnumerable<string> Found(string text) =>
        Secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
}
