using Fulfillment.Catalog;
using Fulfillment.Client.Papers;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// Papers for customs as PDF: drawn from what is asked, nothing is kept. The same question makes the same bytes.
/// </summary>
public static class CustomsPapersApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapCustomsPapers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/commercial-invoices", Invoice)
            .Describe("drawCommercialInvoice", "The invoice that customs reckon duty and tax from, as PDF", "customs")
            .Accepts<CustomsPaperRequest>("application/json").AnswersPaper().Refuses(400);
        routes.MapPost("/v1/certificates-of-origin", Certificate)
            .Describe(
                "drawCertificateOfOrigin", "Where goods were made, as their exporter declares it, as PDF", "customs")
            .Accepts<CustomsPaperRequest>("application/json").AnswersPaper().Refuses(400);
    }

    static async Task<IResult> Invoice(HttpContext http, Backend backend)
    {
        var paper = await Read(http, backend);
        return PaperAnswer.Of(http, $"commercial-invoice-{paper.Number}", CommercialInvoicePaper.Draw(paper));
    }

    static async Task<IResult> Certificate(HttpContext http, Backend backend)
    {
        var paper = await Read(http, backend);
        return PaperAnswer.Of(http, $"certificate-of-origin-{paper.Number}", OriginCertificatePaper.Draw(paper));
    }

    static async Task<CustomsPaper> Read(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CustomsPaperRequest);
        var skus = (request.Lines ?? []).Take(CustomsPaperReader.MostLines).Select(l => l?.Sku).Where(Fields.IsId)
            .Distinct();
        var stock = await LiveStock.Of(seat, skus.Select(s => s!), http.RequestAborted);
        Dictionary<string, SkuCard?> cards = stock.ToDictionary(s => s.Key, s => s.Value.Card);
        var policy = (await seat.ComplianceBook().Get(cancel: http.RequestAborted)).Customs ?? new();
        return CustomsPaperReader.Read(request, cards, policy);
    }
}
