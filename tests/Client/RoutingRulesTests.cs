using System.Text.Json.Nodes;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Client;

/// <summary>Routing rules: proposed, approved, activated at a time, rolled back, tried beside others.</summary>
public sealed class RoutingRulesTests(ApiServer api) : IClassFixture<ApiServer>
{
    /// <summary>Rules that use everything there is, as they are given back.</summary>
    public const string Everything =
        """
        {"currency":"EUR","split":{"amount":250,"currency":"EUR"},"late":{"amount":100,"currency":"EUR"},
        "balance":{"amount":40,"currency":"EUR"},"priority":{"amount":5,"currency":"EUR"},
        "kilometre":{"amount":2,"currency":"EUR"},"maxNodes":3,"maxLateDays":7,"shipComplete":true,
        "overflow":["supplier","3pl"],"preferred":[{"node":"LEJ1","minor":-50}],
        "tariffs":[{"service":"standard","node":"LEJ1","fromCountry":"DE","to":{"country":"AT","postcodes":["10"]},
        "upToKm":1200,"upToGrams":30000,"parcel":{"amount":490,"currency":"EUR"},
        "kilogram":{"amount":35,"currency":"EUR"},"minDays":2,"maxDays":4,"cutoff":"18:30","calendar":"post"}],
        "calendars":[{"id":"post","days":["monday","saturday"],"holidays":["2026-12-25"]}],
        "borders":[{"fromCountry":"DE","toCountry":"CH","clearanceDays":2,"dutyPermille":77,"paid":true}],
        "embargoes":[{"id":"snow","to":{"country":"AT","postcodes":["6"]},"nodes":["LEJ1"],"from":"2026-12-01",
        "until":"2026-12-03","reason":"avalanches"}],
        "blackouts":[{"id":"counting","node":"MUC2","from":"2026-12-30","until":"2026-12-31","reason":"stock"}]}
        """;

    const string Path = "/v1/routing/rules", Small = """{"currency":"EUR"}""", Because = """{"reason":"x"}""";

    static string Proposal(string rules) => $$"""{"rules":{{rules}},"reason":"cheaper"}""";

    static (string, string)[] As(string seller, string? key = null) =>
        key is null ? [("Seller", seller)] : [("Seller", seller), ("Idempotency-Key", key)];

    /// <summary>The nodes that <see cref="Everything"/> names.</summary>
    async Task Nodes()
    {
        foreach (var node in (string[])["LEJ1", "MUC2"])
            (await api.Put($"/v1/nodes/{node}", """{"name":"x","country":"DE"}""")).Succeeded();
    }

    async Task<int> Approved(string seller, string key, string rules = Small)
    {
        var proposed = (await api.Post(Path, Proposal(rules), As(seller, key))).Is(201);
        var version = (int)proposed.Number("version")!.Value;
        (await api.Post($"{Path}/{version}/approve", Because, As(seller, key + "-a"))).Is(200);
        return version;
    }

    Task<Answer> Activate(string seller, string key, int version, string body = Because) =>
        api.Post($"{Path}/{version}/activate", body, As(seller, key));

    [Fact]
    public async Task Rules_are_given_back_as_they_were_proposed()
    {
        await Nodes();
        var seller = As("given-back", "p");
        var created = (await api.Post(Path, Proposal(Everything), seller)).Is(201);
        Assert.Equal($"{Path}/1", created.Header("Location"));
        Assert.Equal(("proposed", 0L), (created.Text("status"), created.Number("active")));
        Assert.Equal(created.Body, (await api.Post(Path, Proposal(Everything), seller)).Is(200).Body);
        (await api.Post(Path, Proposal(Small), seller)).IsProblem(422, "idempotency-conflict");

        var read = (await api.Get($"{Path}/1", seller)).Is(200);

        Assert.Equal(JsonNode.Parse(Everything)!.ToJsonString(), JsonNode.Parse(read.Body)!["rules"]!.ToJsonString());
        Assert.Equal(("api", "cheaper"), (read.Text("proposed/by"), read.Text("proposed/reason")));
        Assert.Equal("built-in", (await api.Get($"{Path}/0", seller)).Is(200).Text("status"));
        (await api.Get($"{Path}/2", seller)).IsProblem(404, "unknown-version");
        (await api.Get($"{Path}/1", As("somebody-else"))).IsProblem(404, "unknown-version");
    }

    [Fact]
    public async Task A_version_is_approved_activated_and_rolled_back()
    {
        var first = await Approved("steps", "1");
        var second = await Approved("steps", "2");
        (await Activate("steps", "go-1", first)).Is(200);
        var now = (await Activate("steps", "go-2", second)).Is(200);
        Assert.Equal(("active", 2L, 1L), (now.Text("status"), now.Number("active"), now.Number("before")));

        var back = (await api.Post($"{Path}/rollback", Because, As("steps", "back"))).Is(200);
        Assert.Equal((1L, "active", 0L), (back.Number("version"), back.Text("status"), back.Number("before")));
        Assert.Equal(back.Body, (await api.Post($"{Path}/rollback", Because, As("steps", "back"))).Body);

        var list = (await api.Get(Path, As("steps"))).Is(200);
        Assert.Equal(["2", "1"], list.Each("version"));
        Assert.Equal(["retired", "active"], list.Each("status"));
        Assert.Equal(["True", "True"], list.Each("decidedByProposer"));
        Assert.Equal(["1", "2", "1"], list.Each("version", "periods"));
        var page = (await api.Get($"{Path}?limit=1", As("steps"))).Is(200);
        Assert.Equal("2", Assert.Single(page.Each("version")));
        var last = (await api.Get($"{Path}?limit=1&cursor={page.Text("next")}", As("steps"))).Is(200);
        Assert.Equal(("1", null), (Assert.Single(last.Each("version")), last.Text("next")));
    }

    [Fact]
    public async Task Orders_go_by_what_is_active_when_they_are_planned_and_by_what_is_to_come_then()
    {
        await Nodes();
        var (first, second) = (await Approved("times", "1"), await Approved("times", "2", Everything));
        (await Activate("times", "go-1", first)).Is(200);
        var from = DateTimeOffset.UtcNow.AddDays(2);
        var scheduled = (await Activate("times", "go-2", second, $$"""{"from":"{{from:O}}","reason":"x"}""")).Is(200);
        Assert.Equal(("scheduled", 2L, 1L),
            (scheduled.Text("status"), scheduled.Number("scheduled/version"), scheduled.Number("active")));
        (await api.Post($"{Path}/{second}/shadow", Because, As("times", "s"))).Is(200);

        await api.Embedded.ViewsReached();
        var rules = api.Embedded.Views.Rules;

        var before = rules.At("times", from.AddTicks(-1));
        Assert.Equal((1, 2), (before.Version, before.Shadow!.Version));
        Assert.Equal((2, null), (rules.At("times", from).Version, rules.At("times", from).Shadow));
        Assert.Equal(3, rules.At("times", from).Rules.MaxNodes);
        Assert.Equal(0, rules.At("times", DateTimeOffset.UnixEpoch).Version);
        Assert.Same(RulesNow.BuiltIn, rules.At("nobody", from));
    }

    [Fact]
    public async Task An_order_is_planned_by_its_sellers_rules_and_tells_what_a_shadow_would_have_done()
    {
        var seller = As("planned");
        foreach (var node in (string[])["RUL1", "RUL2"])
        {
            (await api.Put($"/v1/nodes/{node}", """{"name":"x","priority":1,"country":"DE"}""")).Succeeded();
            (await api.Put("/v1/skus/S", """{"title":"S"}""", seller)).Succeeded();
            await api.Receive("S", node, 9, seller);
        }

        var (second, first) = (
            await Approved("planned", "1", """{"currency":"EUR","preferred":[{"node":"RUL2","minor":-5}]}"""),
            await Approved("planned", "2", """{"currency":"EUR","preferred":[{"node":"RUL1","minor":-5}]}"""));
        (await Activate("planned", "go", second)).Is(200);
        (await api.Post($"{Path}/{first}/shadow", Because, As("planned", "s"))).Is(200);
        await api.Embedded.ViewsReached();

        (await api.Order("o-1", "S", 2, headers: seller)).Is(201);
        await api.Until("o-1", ["allocated"], seller);

        var decision = (await api.Get("/v1/orders/o-1/routing", seller)).Is(200);
        Assert.Equal(second, decision.Number("decisions/0/rules"));
        Assert.Equal("RUL2", decision.Text("decisions/0/picks/0/node"));
        Assert.Equal(first, decision.Number("decisions/0/shadow/rules"));
        Assert.Equal("RUL1", decision.At("decisions/0/shadow/nodes/0")!.Value.GetString());
        Assert.True(decision.At("decisions/0/shadow/differs")!.Value.GetBoolean());
    }

    [Theory]
    [InlineData("EUR", false, 154L)]
    [InlineData("USD", false, null)]
    [InlineData("EUR", true, null)]
    public async Task Duty_that_the_receiver_pays_is_told_where_the_value_is_in_the_currency_of_the_rules(
        string currency, bool paid, long? duty)
    {
        var name = $"duty-{currency}-{paid}";
        var seller = As(name);
        (await api.Put("/v1/nodes/RUL1", """{"name":"x","priority":1,"country":"DE"}""")).Succeeded();
        (await api.Put("/v1/skus/S", $$"""
            {"title":"S","product":{"value":{"amount":1000,"currency":"{{currency}}"} } }
            """, seller)).Succeeded();
        await api.Receive("S", "RUL1", 9, seller);
        var rules = $$"""
            {"currency":"EUR","borders":[{"fromCountry":"DE","toCountry":"CH","dutyPermille":77,
             "paid":{{(paid ? "true" : "false")}} }]}
            """;
        (await Activate(name, "go", await Approved(name, "1", rules))).Is(200);
        await api.Embedded.ViewsReached();

        (await api.Order("o-1", "S", 2, ""","shipTo":{"country":"CH","postcode":"3000"}""", seller)).Is(201);
        await api.Until("o-1", ["allocated"], seller);

        var decision = (await api.Get("/v1/orders/o-1/routing", seller)).Is(200);
        Assert.Equal(duty, decision.Number("decisions/0/legs/0/receiverDuty/amount"));
        Assert.Equal(paid ? 154 : 0, decision.Number("decisions/0/legs/0/cost/duty"));
    }

    [Theory]
    [InlineData("currency", "S",
        """{"currency":"EUR","borders":[{"fromCountry":"DE","toCountry":"CH","dutyPermille":77,"paid":true}]}""")]
    [InlineData("no-service", null,
        """{"currency":"EUR","tariffs":[{"service":"s","to":{"country":"AT"},"minDays":1,"maxDays":1}]}""")]
    public async Task An_order_that_no_node_may_serve_is_held_and_tells_the_constraint(
        string constraint, string? sku, string rules)
    {
        var name = $"held-{constraint}";
        var seller = As(name);
        (await api.Put("/v1/nodes/RUL1", """{"name":"x","priority":1,"country":"DE"}""")).Succeeded();
        (await api.Put("/v1/skus/S", """
            {"title":"S","product":{"value":{"amount":1000,"currency":"USD"}}}
            """, seller)).Succeeded();
        await api.Receive("S", "RUL1", 9, seller);
        (await Activate(name, "go", await Approved(name, "1", rules))).Is(200);
        await api.Embedded.ViewsReached();

        (await api.Order("o-1", "S", 2, ""","shipTo":{"country":"CH","postcode":"3000"}""", seller)).Succeeded();
        await api.Until("o-1", ["held"], seller);

        var failed = (await api.Get("/v1/orders/o-1/routing", seller)).Is(200).Items("decisions")[0]
            .GetProperty("candidates")[0].GetProperty("failed")[0];
        Assert.Equal(constraint, failed.GetProperty("constraint").GetString());
        Assert.Equal(sku, failed.TryGetProperty("sku", out var only) ? only.GetString() : null);
    }

    [Fact]
    public async Task What_the_state_does_not_allow_is_refused()
    {
        var version = await Approved("refused", "1");
        (await api.Post(Path, Proposal(Small), As("refused", "2"))).Is(201);
        (await api.Post(Path, Proposal(Small), As("refused", "3"))).Is(201);
        (await api.Post($"{Path}/3/reject", Because, As("refused", "3-r"))).Is(200);

        (await api.Post($"{Path}/rollback", Because, As("refused", "b"))).IsProblem(409, "nothing-before");
        (await api.Post($"{Path}/1/approve", Because, As("refused", "a"))).IsProblem(409, "already-decided");
        (await api.Post($"{Path}/9/approve", Because, As("refused", "b2"))).IsProblem(404, "unknown-version");
        (await api.Post($"{Path}/9/reject", Because, As("refused", "c"))).IsProblem(404, "unknown-version");
        (await api.Post($"{Path}/9/shadow", Because, As("refused", "d"))).IsProblem(404, "unknown-version");
        (await api.Post($"{Path}/3/shadow", Because, As("refused", "e"))).IsProblem(409, "no-shadow");
        (await Activate("refused", "f", 2)).IsProblem(409, "not-approved");
        (await Activate("refused", "g", 9)).IsProblem(404, "unknown-version");
        (await Activate("refused", "h", version, """{"reason":"x","from":"2999-01-01T00:00:00Z"}"""))
            .IsProblem(400, "out-of-range", "/from");
        (await Activate("refused", "o", version, """{"reason":"x","from":"2020-01-01T00:00:00Z"}"""))
            .IsProblem(400, "out-of-range", "/from");
        (await api.Get($"{Path}/9/shadow", As("refused"))).IsProblem(404, "unknown-version");
        (await Activate("refused", "i", version, """{"reason":"x","from":"tomorrow"}"""))
            .IsProblem(400, "bad-time", "/from");
        (await Activate("refused", "j", version)).Is(200);
        (await Activate("refused", "k", version)).IsProblem(409, "already-active");
        (await api.Post($"{Path}/1/shadow", Because, As("refused", "l"))).IsProblem(409, "no-shadow");
        (await api.Post($"{Path}/2/shadow", Because, As("refused", "m"))).Is(200);
        var off = (await api.Post($"{Path}/2/shadow", """{"reason":"x","on":false}""", As("refused", "n"))).Is(200);
        Assert.Equal((2L, null), (off.Number("version"), off.Number("shadow")));
        (await api.Get($"{Path}?cursor=x", As("refused"))).IsProblem(400, "bad-cursor", "cursor");
    }

    [Theory]
    [InlineData("""{}""", "required", "/rules/currency")]
    [InlineData("""{"currency":"XXX"}""", "unknown-currency", "/rules/currency")]
    [InlineData("""{"currency":"eur"}""", "bad-currency", "/rules/currency")]
    [InlineData("""{"currency":"EUR","split":{"amount":1,"currency":"USD"}}""", "currency-mismatch",
        "/rules/split/currency")]
    [InlineData("""{"currency":"EUR","late":{"amount":-1,"currency":"EUR"}}""", "out-of-range", "/rules/late/amount")]
    [InlineData("""{"currency":"EUR","late":{"amount":10000000001,"currency":"EUR"}}""", "out-of-range",
        "/rules/late/amount")]
    [InlineData("""{"currency":"EUR","late":{"amount":9223372036854775808,"currency":"EUR"}}""", "wrong-type",
        "/rules/late/amount")]
    [InlineData("""{"currency":"EUR","maxNodes":0}""", "out-of-range", "/rules/maxNodes")]
    [InlineData("""{"currency":"EUR","overflow":["moon"]}""", "unknown-value", "/rules/overflow/0")]
    [InlineData("""{"currency":"EUR","preferred":[{"node":"A","minor":1},{"node":"A","minor":2}]}""", "duplicate",
        "/rules/preferred/1/node")]
    [InlineData("""{"currency":"EUR","preferred":[{"node":"A"}]}""", "required", "/rules/preferred/0/minor")]
    [InlineData("""{"currency":"EUR","preferred":[null]}""", "required", "/rules/preferred/0")]
    [InlineData("""{"currency":"EUR","tariffs":[{"service":"s","minDays":3,"maxDays":2}]}""", "not-ordered",
        "/rules/tariffs/0/maxDays")]
    [InlineData("""{"currency":"EUR","tariffs":[{"service":"s","minDays":1,"maxDays":2,"calendar":"c"}]}""",
        "unknown-calendar", "/rules/tariffs/0/calendar")]
    [InlineData("""{"currency":"EUR","tariffs":[{"service":"s","minDays":1,"maxDays":2,"to":{"country":"XX"}}]}""",
        "unknown-country", "/rules/tariffs/0/to/country")]
    [InlineData("""
        {"currency":"EUR","tariffs":[{"service":"s","minDays":1,"maxDays":2,"to":{"country":"DE","postcodes":["A"]}}]}
        """, "bad-postcode", "/rules/tariffs/0/to/postcodes/0")]
    [InlineData("""
        {"currency":"EUR","tariffs":[{"service":"s","minDays":1,"maxDays":2,"parcel":{"amount":1,"currency":"USD"}}]}
        """, "currency-mismatch", "/rules/tariffs/0/parcel/currency")]
    [InlineData("""{"currency":"EUR","calendars":[{"id":"c","days":[]}]}""", "no-day", "/rules/calendars/0/days")]
    [InlineData("""{"currency":"EUR","calendars":[{"id":"c"},{"id":"c"}]}""", "duplicate", "/rules/calendars/1/id")]
    [InlineData("""{"currency":"EUR","borders":[{"fromCountry":"DE","toCountry":"DE"}]}""", "same-country",
        "/rules/borders/0/toCountry")]
    [InlineData("""{"currency":"EUR","embargoes":[{"id":"e","from":"2026-12-02","until":"2026-12-01","reason":"x"}]}""",
        "not-ordered", "/rules/embargoes/0/until")]
    [InlineData("""{"currency":"EUR","embargoes":[{"id":"e","from":"2026-12-32","reason":"x"}]}""", "bad-date",
        "/rules/embargoes/0/from")]
    [InlineData("""{"currency":"EUR","blackouts":[{"id":"b","node":"A","from":"2026-12-01","reason":"x"}]}""",
        "required", "/rules/blackouts/0/until")]
    [InlineData("""{"currency":"EUR","preferred":[{"node":"GHOST","minor":1}]}""", "unknown-node",
        "/rules/preferred/0/node")]
    [InlineData("""{"currency":"EUR","embargoes":[{"id":"e","nodes":["GHOST"],"from":"2026-12-01","reason":"x"}]}""",
        "unknown-node", "/rules/embargoes/0/nodes/0")]
    [InlineData("""
        {"currency":"EUR","blackouts":[{"id":"b","node":"GHOST","from":"2026-12-01","until":"2026-12-01","reason":"x"}]}
        """, "unknown-node", "/rules/blackouts/0/node")]
    [InlineData("""{"currency":"EUR","colour":1}""", "unknown-field", "/rules/colour")]
    public async Task Rules_that_cannot_be_are_refused_with_field_and_rule(string rules, string code, string field)
    {
        var head = api.Head;
        (await api.Post(Path, Proposal(rules), As("invalid", "k"))).IsProblem(400, code, field);
        Assert.Equal(head, api.Head);
    }

    [Fact]
    public async Task Rules_that_leave_no_node_are_refused_when_proposed_and_when_activated()
    {
        await using var own = await ApiServer.Start();
        (await own.Put("/v1/nodes/A", """{"name":"x","perUnit":{"amount":1,"currency":"EUR"}}""")).Succeeded();
        await own.Embedded.ViewsReached();
        (string Rules, string Field)[] rows =
        [
            ("""{"currency":"USD"}""", "/rules/currency"),
            ("""{"currency":"EUR","tariffs":[{"service":"s","node":"B","minDays":1,"maxDays":1}]}""", "/rules/tariffs"),
            ("""{"currency":"EUR","embargoes":[{"id":"e","from":"2020-01-01","reason":"x"}]}""", "/rules/embargoes"),
            ("""
             {"currency":"EUR",
              "blackouts":[{"id":"b","node":"A","from":"2020-01-01","until":"9999-12-31","reason":"x"}]}
             """, "/rules/blackouts"),
            ($$"""
              {"currency":"EUR",
               "blackouts":[{"id":"b","node":"A","from":"{{Day(30)}}","until":"{{Day(100)}}","reason":"x"}]}
              """, "/rules/blackouts"),
        ];
        foreach (var (rules, field) in rows)
            (await own.Post(Path, Proposal(rules), ("Idempotency-Key", "k"))).IsProblem(400, "no-node", field);
        (await own.Post(Path, Proposal("""{"currency":"EUR","overflow":["warehouse"]}"""), ("Idempotency-Key", "k")))
            .Is(201);
        (await own.Post($"{Path}/1/approve", Because, ("Idempotency-Key", "a"))).Is(200);

        (await own.Put("/v1/nodes/A", """{"name":"x","perUnit":{"amount":1,"currency":"USD"}}""")).Succeeded();
        await own.Embedded.ViewsReached();
        (await own.Post($"{Path}/1/activate", Because, ("Idempotency-Key", "g"))).IsProblem(409, "no-node");
    }

    static string Day(int ahead) => $"{DateTime.UtcNow.AddDays(ahead):yyyy-MM-dd}";

    [Fact]
    public async Task Rules_that_are_active_are_so_after_a_restart()
    {
        using Support.TempFolder folder = new();
        await using (var server = Open(folder.Path))
        {
            var book = new Seat(server.Cluster, "shop", new("test", "test")).RuleBook();
            var rules = RoutingRules.BuiltIn with { SplitMinor = 1, MaxNodes = 1 };
            Assert.Equal(RulesStatus.Done, (await book.Propose(new("p", rules, "x", "ada"))).Status);
            Assert.Equal(RulesStatus.Done, (await book.Approve(new("a", 1, "x", "ada"))).Status);
            Assert.Equal(RulesStatus.Done, (await book.Activate(new("g", 1, null, "x", "ada"))).Status);
            await server.ViewsReached();
        }

        await using var again = Open(folder.Path);
        Assert.Equal(1, again.Views.Rules.At("shop", DateTimeOffset.MaxValue).Rules.MaxNodes);

        static Composition.EmbeddedServer Open(string path) =>
            Composition.EmbeddedServer.Open(new(path), new(), TimeProvider.System);
    }
}
