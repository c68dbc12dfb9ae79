using System.Text;
using System.Text.Json.Nodes;
using Fulfillment.Client.Commands;
using Fulfillment.Composition;

namespace Fulfillment.Tests.Client;

/// <summary>Signed heads, and proofs of single movements that whoever has the public key can check.</summary>
public sealed class LedgerApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_head_says_how_much_there_is_and_is_signed_with_the_key_that_is_shown()
    {
        await api.Stock("H", 1);
        var head = (await api.Get("/v1/ledger/head")).Is(200);
        var key = (await api.Get("/v1/ledger/key")).Is(200);

        Assert.Equal(key.Text("key"), head.Text("key"));
        Assert.Equal(key.Text("pem"), await File.ReadAllTextAsync(Path.Combine(api.Folder, LedgerKey.PublicFileName)));
        Assert.Equal(head.Number("position")!.Value, head.Number("size")!.Value);
        Assert.InRange(head.Number("position")!.Value, 1, api.Head);
    }

    [Fact]
    public async Task A_movement_is_proven_and_any_change_of_the_proof_is_seen()
    {
        await api.Stock("P", 7);
        await api.Stock("OTHER", 999);
        var proof = (await api.Get("/v1/ledger/proofs?sku=P&movement=r-LEJ1")).Is(200);
        var pem = (await api.Get("/v1/ledger/key")).Text("pem")!;

        Assert.Null(ProofCheck.Flaw(Encoding.UTF8.GetBytes(proof.Body), pem, out var shown));
        Assert.Contains("stock-received of sku default/P", shown, StringComparison.Ordinal);
        Assert.Contains("\"quantity\":7", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("OTHER", proof.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("999", shown, StringComparison.Ordinal);
        foreach (var change in Changes(JsonNode.Parse(proof.Body)!))
        {
            Assert.NotNull(ProofCheck.Flaw(Encoding.UTF8.GetBytes(change.Text), pem, out _));
        }
    }

    [Fact]
    public async Task A_proof_of_another_journal_does_not_hold_here()
    {
        await using var other = await ApiServer.Start();
        await other.Stock("P", 7);
        var proof = (await other.Get("/v1/ledger/proofs?sku=P&movement=r-LEJ1")).Is(200);
        var pem = (await api.Get("/v1/ledger/key")).Text("pem")!;

        Assert.NotNull(ProofCheck.Flaw(Encoding.UTF8.GetBytes(proof.Body), pem, out _));
    }

    [Fact]
    public async Task An_event_is_proven_by_its_position_to_its_seller_and_to_no_other()
    {
        await api.Stock("Q", 7);
        var proof = (await api.Get("/v1/ledger/proofs?sku=Q&movement=r-LEJ1")).Is(200);
        var position = proof.Number("event/position");

        Assert.Equal(
            "default/Q", (await api.Get($"/v1/ledger/proofs?position={position}")).Is(200).Text("event/key"));
        (await api.Get($"/v1/ledger/proofs?position={position}", ("Seller", "another")))
            .IsProblem(404, "unknown-position");
        (await api.Get("/v1/ledger/proofs?sku=Q&movement=r-LEJ1", ("Seller", "another")))
            .IsProblem(404, "unknown-movement");
        (await api.Get("/v1/ledger/proofs?position=999999999")).IsProblem(404, "unknown-position");
        (await api.Get("/v1/ledger/proofs?position=-1")).IsProblem(400, "bad-number", "position");
        (await api.Get("/v1/ledger/proofs?movement=x")).IsProblem(400, "required", "sku");
        (await api.Get("/v1/ledger/proofs?sku=Q")).IsProblem(400, "required", "movement");
    }

    [Fact]
    public async Task A_later_head_is_proven_to_add_to_an_earlier_one()
    {
        await api.Stock("C1", 7);
        var before = (await api.Get("/v1/ledger/head")).Is(200);
        await api.Stock("C2", 7);
        var after = (await api.Get("/v1/ledger/head")).Is(200);

        var proof = (await api.Get(
            $"/v1/ledger/consistency?from={before.Number("size")}&to={after.Number("size")}")).Is(200);
        Assert.NotEmpty(proof.Json.GetProperty("path").EnumerateArray());
        (await api.Get($"/v1/ledger/consistency?from={after.Number("size")}9")).IsProblem(404, "unknown-head");
        (await api.Get("/v1/ledger/consistency?from=0")).IsProblem(404, "unknown-head");
        (await api.Get("/v1/ledger/consistency")).IsProblem(400, "required", "from");
        (await api.Get("/v1/ledger/consistency?from=x")).IsProblem(400, "bad-number", "from");
    }

    [Fact]
    public async Task Every_answer_about_the_ledger_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("D", 7);
        foreach (var (path, template) in ((string, string)[])[
            ("/v1/ledger/head", "/v1/ledger/head"), ("/v1/ledger/key", "/v1/ledger/key"),
            ("/v1/ledger/proofs?sku=D&movement=r-LEJ1", "/v1/ledger/proofs"),
            ("/v1/ledger/consistency?from=1", "/v1/ledger/consistency")])
            await check.Answered(api, "get", path, template, null);
    }

    /// <summary>The proof with one of its values changed, each in turn.</summary>
    static IEnumerable<(string Path, string Text)> Changes(JsonNode proof)
    {
        foreach (var path in Leaves(proof))
        {
            var changed = proof.DeepClone();
            var at = path.Aggregate(changed, (node, step) => step is int i ? node[i]! : node[(string)step]!);
            JsonNode other = at.GetValueKind() == System.Text.Json.JsonValueKind.Number ? at.GetValue<long>() + 1
                : at.GetValue<string>() is { Length: > 0 } text ? (text[0] == '1' ? '2' : '1') + text[1..] : "00";
            at.ReplaceWith(other);
            yield return (string.Join('/', path), changed.ToJsonString());
        }
    }

    static IEnumerable<object[]> Leaves(JsonNode node) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value!).Select(rest => (object[])[p.Key, .. rest])),
        JsonArray a => a.SelectMany((n, i) => Leaves(n!).Select(rest => (object[])[i, .. rest])),
        _ => [[]],
    };
}
