using Fulfillment.Catalog;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>
/// Keeps card numbers and security codes out of everything that is kept, logged or told: bodies are masked where they
/// come in, and an id, a path, a query or a header that has one is refused with <c>card-number</c>.
/// </summary>
public static class CardMask
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "card-number";

    const string Detail = "is, or has in it, a card number; send the payment provider's token instead";

    const string Barcodes = "/v1/barcodes/";

    static readonly string[] Headers = ["Idempotency-Key", "Seller", "X-Request-Id", "Last-Event-ID", "If-Match"];

    /// <summary>Throws where the path, the query or a header that we read has a card number.</summary>
    public static void Check(HttpContext http)
    {
        foreach (var name in Headers)
            if (http.Request.Headers.TryGetValue(name, out var values) && values.Any(CardNumbers.IsCard))
                throw Refused(name);
        var path = http.Request.Path.Value ?? "";
        if (HasEnoughDigits(path) && !IsBarcode(path) && !FilesApi.IsPath(path)
            && (CardNumbers.IsCard(path) || CardNumbers.Masked(path, CardNumbers.FewestIssued) != path))
        {
            var part = http.Request.RouteValues.FirstOrDefault(v => CardNumbers.IsCard(v.Value as string)).Key;
            throw Refused(part ?? "path");
        }

        if (!http.Request.QueryString.HasValue) return;
        foreach (var (name, values) in http.Request.Query)
        {
            if (CardNumbers.IsCard(name)) throw Refused("query");
            if (values.Any(CardNumbers.IsCard)) throw Refused(name);
        }
    }

    /// <summary>Article numbers are asked for by path, and some are like card numbers.</summary>
    static bool IsBarcode(string path) => path.StartsWith(Barcodes, StringComparison.Ordinal)
        && Barcode.Read(path[Barcodes.Length..], out _) is not null;

    static bool HasEnoughDigits(string text)
    {
        var digits = 0;
        foreach (var c in text)
            if (char.IsAsciiDigit(c)) digits++;
        return digits >= CardNumbers.FewestIssued;
    }

    /// <summary>The body, masked; throws where an id in it is a card number.</summary>
    public static ReadOnlyMemory<byte> Masked(ReadOnlyMemory<byte> body)
    {
        if (!JsonCards.MayHave(body.Span)) return body;
        var (text, found) = JsonCards.Mask(body);
        return found.Count == 0 ? text : throw new ProblemException(Refusal(found));
    }

    /// <summary>
    /// The line, masked in every place; and the refusal of ids that were card numbers, null when none was.
    /// </summary>
    public static Problem? Apply(byte[] line, out byte[] masked)
    {
        masked = line;
        if (!JsonCards.MayHave(line)) return null;
        var (text, found) = JsonCards.Mask(line);
        masked = text.ToArray();
        return found.Count == 0 ? null : Refusal(found);
    }

    static Problem Refusal(IReadOnlyList<string> found) =>
        Problem.Invalid([.. found.Take(100).Select(field => new FieldError(field, Code, Detail))]);

    static ProblemException Refused(string field) => new(Problem.Invalid(field, Code, Detail));
}
