namespace Fulfillment.Client.Api;

/// <summary>Units that were doubted at benches, over all fulfilment orders.</summary>
public static class PackDoubtsApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapPackDoubts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/quality-holds", List)
            .Describe("listDoubtedUnits",
                "Units doubted at benches that somebody has to see to: undecided, or not set aside yet", "packing")
            .Answers<PageBody<DoubtListBody>>(200).Refuses(400);

    static IResult List(
        HttpContext http, Backend backend, string? node, string? open, string? cursor, string? limit)
    {
        Fields fields = new();
        if (node is not null) fields.Id("node", node);
        if (open is not (null or "true" or "false")) fields.Add("open", "wrong-type", "must be true or false");
        fields.Check();
        var page = Paging.Of(() => backend.Views.Doubts.List(
            http.Seller(), open != "false", node, cursor, Requests.Limit(limit)));
        var items = page.Items.Select(r => new DoubtListBody(
            r.Job, r.Number, r.Node, r.Sku, r.Units, r.Reason, r.By, DateTimeOffset.FromUnixTimeMilliseconds(r.At),
            r.Outcome, r.Attention));
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.DoubtPage);
    }
}
