using System.Text.Json;

namespace Fulfillment.Tests.Client;

/// <summary>Who changed which field of a card, over HTTP.</summary>
public sealed class CardHistoryTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Every_change_of_a_card_tells_who_when_before_and_after()
    {
        (await api.Put("/v1/skus/H-1",
            """{"title":"Mug","attributes":{"a/b":"x","size":"M"},"product":{"grams":420}}""",
            ("X-Request-Id", "first"))).Is(201);
        (await api.Put("/v1/skus/H-1",
            """
            {"title":"Cup","attributes":{"a/b":"y"},"product":{"grams":420,"widthMm":90},"images":["https://x.test/1"],
             "packs":[{"unit":"case","eaches":12}]}
            """,
            ("X-Request-Id", "second"))).Is(200);
        (await api.Put("/v1/nodes/LEJ1", """{"name":"Leipzig"}""")).Succeeded();
        await api.Receive("H-1", "LEJ1", 5);
        (await api.Put("/v1/skus/H-1", """{"title":"Cup"}""")).Is(200);
        (await api.Put("/v1/skus/H-1", """{"title":"Cup"}""")).Is(200);
        await api.Embedded.ViewsReached();

        var history = (await api.Get("/v1/skus/H-1/history")).Is(200);
        Assert.Equal(["3", "2", "1"], history.Each("revision"));
        Assert.Equal(("api", "request second"), (history.Text("items/1/actor"), history.Text("items/1/cause")));
        Assert.Equal(
            [
                """/attributes/a~1b "x" "y" """, """/attributes/size "M" null""", """/images [] ["https://x.test/1"]""",
                """/packs null [{"unit":"case","eaches":12}]""", "/product/widthMm null 90", """/title "Mug" "Cup" """,
            ],
            Changes(history, "items/1/changes"), Trimmed);
        Assert.Equal(
            ["/attributes/a~1b", "/attributes/size", "/backorder", "/images", "/product/grams", "/title"],
            history.Each("field", "items/2/changes"));
        Assert.All(history.Items("items/2/changes"), c => Assert.Equal(
            JsonValueKind.Null, c.GetProperty("before").ValueKind));
    }

    [Fact]
    public async Task A_history_has_pages()
    {
        for (var i = 1; i <= 5; i++)
            Assert.True((await api.Put("/v1/skus/H-2", $$"""{"title":"{{i}}"}""")).Status < 300);
        await api.Embedded.ViewsReached();

        var first = (await api.Get("/v1/skus/H-2/history?limit=2")).Is(200);
        var second = (await api.Get($"/v1/skus/H-2/history?limit=3&cursor={first.Text("next")}")).Is(200);
        Assert.Equal(["5", "4"], first.Each("revision"));
        Assert.Equal(["3", "2", "1"], second.Each("revision"));
        Assert.Null(second.Text("next"));
        Assert.Equal("\"1\"", second.Items("items/1/changes")[0].GetProperty("before").GetRawText());
        Assert.Empty((await api.Get("/v1/skus/none/history")).Is(200).Items());
        (await api.Get("/v1/skus/H-2/history?cursor=zzz")).IsProblem(400, "bad-cursor");
    }

    static IEnumerable<string> Changes(Answer history, string path) => history.Items(path).Select(
        c => $"{c.GetProperty("field")} {c.GetProperty("before").GetRawText()} {c.GetProperty("after").GetRawText()}");

    static bool Trimmed(string expected, string actual) => expected.Trim() == actual.Trim();
}
