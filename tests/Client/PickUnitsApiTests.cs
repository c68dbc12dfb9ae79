using Fulfillment.Picking;

namespace Fulfillment.Tests.Client;

/// <summary>Units that lists take are nobody else's, and work that is left over is released again, over HTTP.</summary>
public sealed class PickUnitsApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    async Task Node(string node) =>
        (await api.Put($"/v1/nodes/{node}", """{"name":"Hall","country":"DE"}""")).Succeeded();

    async Task Stock(string node, string sku, params (string Bin, int Units)[] places)
    {
        await Node(node);
        (await api.Put($"/v1/skus/{sku}", $$"""{"title":"{{sku}}"}""")).Succeeded();
        foreach (var some in places.Chunk(50))
        {
            await Task.WhenAll(some.Select(async p => (await api.Post($"/v1/skus/{sku}/receipts",
                $$"""{"id":"r-{{p.Bin}}","node":"{{node}}","quantity":{{p.Units}},"bin":"{{p.Bin}}"}""")).Is(201)));
        }
    }

    async Task<string> Order(string id, string sku, int quantity)
    {
        (await api.Order(id, sku, quantity)).Is(201);
        await api.Until(id, "allocated");
        return $"{id}-F1";
    }

    Task<Answer> Do(string list, string what, string id, string more = "", string by = "anna") =>
        api.Post($"/v1/pick-lists/{list}/{what}", $$"""{"id":"{{id}}","by":"{{by}}"{{more}}}""");

    Task<Answer> Wave(string node, string id, params string[] work) => api.Post(
        $"/v1/nodes/{node}/pick-waves",
        $$"""{"id":"{{id}}","method":"single","fulfilmentOrders":["{{string.Join("\",\"", work)}}"]}""");

    /// <summary>Units that these lists take, by bin; "" for those of which no bin is known.</summary>
    async Task<Dictionary<string, long>> ByBin(params IEnumerable<string> lists)
    {
        Dictionary<string, long> units = [];
        foreach (var id in lists)
        {
            foreach (var line in (await api.Get($"/v1/pick-lists/{id}")).Is(200).Items("lines"))
            {
                var bin = line.TryGetProperty("bin", out var told) ? told.GetString() ?? "" : "";
                units[bin] = units.GetValueOrDefault(bin) + line.GetProperty("left").GetInt64();
            }
        }

        return units;
    }

    [Fact]
    public async Task Two_waves_at_the_same_moment_take_no_unit_twice()
    {
        for (var round = 0; round < 6; round++)
        {
            var (node, sku) = ($"TW{round}", $"TW-{round}");
            await Stock(node, sku, ("A", 10), ("B", 10), ("C", 4));
            List<string> work = [];
            for (var i = 0; i < 4; i++) work.Add(await Order($"{sku}-{i}", sku, 6));
            var waves = await Task.WhenAll(
                Wave(node, $"{sku}-x", work[0], work[1]), Wave(node, $"{sku}-y", work[2], work[3]));
            Assert.All(waves, w => w.Is(201));
            var units = await ByBin(waves.SelectMany(w => w.Each("id", "lists")).OfType<string>());
            Assert.Equal([("A", 10L), ("B", 10L), ("C", 4L)], units.Select(u => (u.Key, u.Value)).Order());
        }
    }

    [Fact]
    public async Task A_list_that_is_on_its_way_has_its_units()
    {
        await Stock("TI", "TI", ("A", 2), ("B", 2));
        var (one, two) = (await Order("TI-1", "TI", 2), await Order("TI-2", "TI", 2));
        var first = await api.Post(
            "/v1/nodes/TI/pick-lists", $$"""{"id":"TI-A","fulfilmentOrders":["{{one}}"]}""", ("Prefer", "wait=0"));
        Assert.Contains(first.Status, (int[])[201, 202]);
        (await Wave("TI", "TI-B", two)).Is(201);
        await api.Until("/v1/pick-lists/TI-A", l => l.Status == 200);
        Assert.Equal([("A", 2L), ("B", 2L)], (await ByBin("TI-A", "TI-B-1")).Select(u => (u.Key, u.Value)).Order());
    }

    [Fact]
    public async Task Two_who_miss_units_at_the_same_moment_are_sent_to_others_each()
    {
        for (var round = 0; round < 6; round++)
        {
            var (node, sku) = ($"TS{round}", $"TS-{round}");
            await Stock(node, sku, ("A", 4));
            List<string> work = [await Order($"{sku}-0", sku, 2), await Order($"{sku}-1", sku, 2)];
            (await Wave(node, sku, [.. work])).Is(201);
            await Stock(node, sku, ("B", 2), ("C", 1));
            string[] lists = [$"{sku}-1", $"{sku}-2"];
            foreach (var list in lists) (await Do(list, "claim", $"c-{list}")).Is(200);

            var shorts = await Task.WhenAll(lists.Select(l => Do(l, "shorts", $"x-{l}")));
            Assert.All(shorts, s => s.Is(200));
            Assert.Equal(3, shorts.Sum(s => s.Number("shorts/0/otherBins")));
            var units = await ByBin(lists);
            Assert.Equal((2, 1), (units["B"], units["C"]));
            // A repeat has the same, and a list that comes later none of it.
            foreach (var list in lists) (await Do(list, "shorts", $"x-{list}")).Is(200);
            Assert.Equal(units, await ByBin(lists));
        }
    }

    [Fact]
    public async Task What_a_picker_took_is_not_taken_off_again_and_what_he_has_not_found_goes_to_nobody_else()
    {
        await Stock("TP", "TP", ("A", 5));
        var work = new[] { await Order("TP-1", "TP", 3), await Order("TP-2", "TP", 1), await Order("TP-3", "TP", 1) };
        (await Wave("TP", "TP-W", work[0])).Is(201);
        (await Do("TP-W-1", "claim", "c")).Is(200);
        // The roster learns of it a moment later; until then it keeps what the list was to take at first.
        Seat seat = new(api.Embedded.Cluster, "default", new("test", "test"));
        for (var tries = 0; tries < 1_000; tries++)
        {
            if ((await seat.PickRoster("TP").Units(["TP"], [])).Lists.Any(l => l.IsBegun)) break;
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        (await Do("TP-W-1", "scans", "s", ",\"bin\":\"A\",\"sku\":\"TP\",\"quantity\":2,\"tote\":\"T\"")).Is(201);
        // One of the list and two of nobody lie there.
        (await Wave("TP", "TP-X", work[1], work[2])).Is(201);
        Assert.Equal([("A", 3L)], (await ByBin("TP-W-1", "TP-X-1", "TP-X-2")).Select(u => (u.Key, u.Value)));
    }

    [Fact]
    public async Task A_wave_of_which_a_list_has_anothers_name_is_told_before_anything_is_released()
    {
        await Stock("TN", "TN", ("A", 9));
        await Stock("TM", "TM", ("A", 9));
        (await Wave("TM", "tn", await Order("TM-1", "TM", 1))).Is(201);
        var (one, two) = (await Order("TN-1", "TN", 1), await Order("TN-2", "TN", 1));
        (await api.Post(
            "/v1/nodes/TM/pick-lists", $$"""{"id":"noon-2","fulfilmentOrders":["{{await Order("TM-2", "TM", 1)}}"]}"""))
            .Is(201);
        (await Wave("TN", "noon", one, two)).IsProblem(422, "idempotency-conflict");
        (await api.Get("/v1/pick-lists/noon-1")).IsProblem(404, "unknown-pick-list");
        (await api.Get("/v1/pick-waves/noon")).IsProblem(404, "unknown-pick-wave");
        (await Wave("TN", "tn", one)).IsProblem(422, "idempotency-conflict");
        Assert.Equal(2, (await Wave("TN", "afternoon", one, two)).Is(201).Items("lists").Count);
    }

    [Fact]
    public async Task Two_nodes_that_release_under_one_name_at_the_same_moment_are_both_told_what_became_of_it()
    {
        for (var round = 0; round < 8; round++)
        {
            List<List<string>> work = [];
            foreach (var node in (string[])["TA", "TB"])
            {
                var sku = $"{node}-{round}";
                await Stock(node, sku, ("A", 9));
                work.Add([await Order($"{sku}-1", sku, 1), await Order($"{sku}-2", sku, 1)]);
            }

            var id = $"both-{round}";
            var answers = await Task.WhenAll(Wave("TA", id, [.. work[0]]), Wave("TB", id, [.. work[1]]));
            Assert.All(answers, a => Assert.Contains(a.Status, (int[])[201, 422]));
            Assert.Contains(answers, a => a.Status == 201);
            foreach (var (answer, node, its) in new[] { (answers[0], "TA", work[0]), (answers[1], "TB", work[1]) })
            {
                if (answer.Status == 201)
                {
                    var (lists, refused) = (answer.Items("lists"), answer.At("refused")?.GetArrayLength() ?? 0);
                    Assert.Equal(2, lists.Count + refused);
                    Assert.Equal(lists.Count, answer.Number("fulfilmentOrders"));
                }

                // Whatever is on no list is released by the next.
                await api.Post($"/v1/nodes/{node}/pick-waves", $$"""{"id":"rest-{{node}}-{{round}}"}""");
                foreach (var one in its)
                {
                    (await api.Post(
                        $"/v1/nodes/{node}/pick-lists", $$"""{"id":"p-{{one}}","fulfilmentOrders":["{{one}}"]}"""))
                        .IsProblem(409, "already-listed");
                }
            }
        }
    }

    [Fact]
    public async Task Work_that_was_refused_while_it_was_begun_is_released_again_without_its_name()
    {
        await Stock("TR", "TR", ("A", 9));
        var work = await Order("TR-1", "TR", 2);
        (await Wave("TR", "TR-A", work)).Is(201);
        (await Do("TR-A-1", "claim", "c")).Is(200);
        await api.Until("TR-1", "in-fulfilment");
        (await Do("TR-A-1", "cancel", "x", ",\"reason\":\"no time\"")).Is(200);
        (await Wave("TR", "TR-B", work)).Is(201);
        // Somebody cancels it and is told to ask the node, which does not stop it: the list had nothing to pick then.
        (await api.Post("/v1/orders/TR-1/cancel", """{"id":"x","reason":"not needed"}""")).Is(202);
        (await Do("TR-B-1", "claim", "c")).Is(200);
        await api.Until("/v1/pick-lists/TR-B-1", l => l.Text("status") == "picked");
        (await api.Post("/v1/nodes/TR/pick-waves", """{"id":"TR-C"}""")).IsProblem(409, "nothing-to-pick");
        (await api.Post("/v1/orders/TR-1/intercepts/1", """{"outcome":"failed"}""")).Is(200);
        Assert.Equal(
            work, (await api.Post("/v1/nodes/TR/pick-waves", """{"id":"TR-D"}""")).Is(201)
                .Items("lists")[0].GetProperty("fulfilmentOrders")[0].GetString());

        // What is all in totes is not.
        (await Do("TR-D-1", "claim", "c")).Is(200);
        (await Do("TR-D-1", "scans", "s", ",\"bin\":\"A\",\"sku\":\"TR\",\"quantity\":2,\"tote\":\"T\"")).Is(201);
        (await api.Post("/v1/nodes/TR/pick-waves", """{"id":"TR-E"}""")).IsProblem(409, "nothing-to-pick");
    }

    [Fact]
    public async Task An_order_of_more_places_than_a_list_has_lines_is_released_again_once_those_are_picked()
    {
        await Stock("TL", "TL", [.. Enumerable.Range(1, 1_003).Select(i => ($"A-{i:0000}", 1))]);
        var work = await Order("TL-1", "TL", 1_003);
        var list = (await api.Post("/v1/nodes/TL/pick-lists", """{"id":"TL-A"}""")).Is(201);
        Assert.Equal(1_000, list.Items("lines").Count);
        (await api.Post("/v1/nodes/TL/pick-lists", """{"id":"TL-B"}""")).IsProblem(409, "nothing-to-pick");
        (await Do("TL-A", "claim", "c")).Is(200);
        await api.Until("/v1/pick-lists/TL-A", l => l.Text("fulfilmentOrders/0/status") == "begun");
        foreach (var some in list.Items("lines").Chunk(50))
        {
            await Task.WhenAll(some.Select(async l => (await Do(
                "TL-A", "scans", $"s-{l.GetProperty("line")}",
                $",\"line\":{l.GetProperty("line")},\"sku\":\"TL\",\"quantity\":1")).Is(201)));
        }

        await api.Until("/v1/pick-lists/TL-A", l => l.Text("status") == "picked");
        var rest = (await api.Post("/v1/nodes/TL/pick-lists", """{"id":"TL-C"}""")).Is(201);
        Assert.Equal([work], rest.Each("fulfilmentOrder", "fulfilmentOrders"));
        Assert.Equal(3, rest.Items("lines").Count);
    }

    [Fact]
    public async Task A_face_of_one_lot_is_filled_with_that_lot_or_knowingly()
    {
        await Node("TF");
        (await api.Put("/v1/nodes/TF/layout/zones/P", """{"kind":"pick"}""")).Succeeded();
        (await api.Put("/v1/nodes/TF/layout/zones/R", """{"kind":"reserve"}""")).Succeeded();
        (await api.Post("/v1/nodes/TF/bins", """
            {"bins":[{"id":"R-1","zone":"R"},{"id":"R-2","zone":"R"},{"id":"R-3","zone":"R"},
            {"id":"FACE","zone":"P","face":{"sku":"TF","min":3,"max":9},"room":{"oneLot":true}}]}
            """)).Succeeded();
        (await api.Put("/v1/skus/TF", """{"title":"TF","tracking":{"lots":true}}""")).Succeeded();
        foreach (var (bin, lot, units) in ((string, string, int)[])
            [("FACE", "L1", 3), ("R-1", "L2", 4), ("R-2", "L1", 5), ("R-3", "L1", 1)])
        {
            (await api.Post("/v1/skus/TF/receipts", $$"""
                {"id":"r-{{bin}}","node":"TF","quantity":{{units}},"bin":"{{bin}}","lot":"{{lot}}"}
                """)).Is(201);
        }

        (await Wave("TF", "TF-W", await Order("TF-1", "TF", 1))).Is(201);
        (await Do("TF-W-1", "claim", "c")).Is(200);
        (await Do("TF-W-1", "scans", "s", ",\"bin\":\"FACE\",\"sku\":\"TF\",\"lot\":\"L1\",\"quantity\":1")).Is(201);
        var tasks = await api.Until("/v1/replenishments?node=TF", r => r.Items().Count == 1
            && r.Items()[0].GetProperty("sources").GetArrayLength() == 2);
        var sources = tasks.Items()[0].GetProperty("sources").EnumerateArray()
            .Select(s => (s.GetProperty("bin").GetString(), s.GetProperty("lot").GetString()));
        Assert.Equal([("R-2", "L1"), ("R-3", "L1")], sources.Order());

        var id = tasks.Each("id")[0]!;
        (await api.Post($"/v1/replenishments/{id}/claim", """{"id":"c","by":"anna"}""")).Is(200);
        Task<Answer> Move(string of, string lot, string more = "") => api.Post($"/v1/replenishments/{id}/moves", $$"""
            {"id":"{{of}}","by":"anna","from":"{{(lot == "L2" ? "R-1" : "R-2")}}","to":"FACE","sku":"TF","quantity":1,
             "lot":"{{lot}}"{{more}}}
            """);
        (await Move("m-1", "L2")).IsProblem(409, "other-lot", "/to");
        (await Move("m-2", "L1", ",\"mixed\":true")).Is(201);
        (await Move("m-1", "L2", ",\"mixed\":true")).Is(201);
        (await Move("m-1", "L2")).Is(200);
        var moved = await api.List("/v1/skus/TF/movements?limit=1");
        Assert.Contains("takes one lot of TF", moved.Text("items/0/overCapacity"), StringComparison.Ordinal);
        // Of two lots that lie there none is like all the others.
        Assert.Empty((await api.List("/v1/replenishments?node=TF")).Items()[0].GetProperty("sources").EnumerateArray());
    }
}
