using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>With what the SSCCs of a seller begin.</summary>
public static class PrefixApi
{
    const string Path = "/v1/sscc-prefix";

    /// <summary>Adds the routes.</summary>
    public static void MapPrefix(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put)
            .Describe("putSsccPrefix", "The GS1 company prefix with which SSCCs begin", "places")
            .Accepts<SsccPrefixRequest>("application/json").Answers<SsccPrefixBody>(200).Refuses(400, 409, 422);
        routes.MapGet(Path, Get).Describe("getSsccPrefix", "The prefix, and how many numbers are left", "places")
            .Answers<SsccPrefixBody>(200).Refuses(404);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.SsccPrefixRequest);
        Fields fields = new();
        var prefix = request.CompanyPrefix ?? "";
        if (request.CompanyPrefix is null) fields.Add("/companyPrefix", "required", "is missing");
        else if (prefix.Length is < 7 or > 10 || !prefix.All(char.IsAsciiDigit))
            fields.Add("/companyPrefix", "bad-prefix", "must be 7 to 10 digits");
        var extension = request.ExtensionDigit ?? "0";
        if (extension.Length != 1 || !char.IsAsciiDigit(extension[0]))
            fields.Add("/extensionDigit", "bad-digit", "must be one digit");
        fields.Check();
        await http.Operation(backend, seat, "prefix", body);
        var reply = await seat.SsccRange().UsePrefix(extension, prefix, http.RequestAborted);
        return reply.Status is SsccStatus.Done or SsccStatus.AlreadyDone ? Told(reply.Now!) : Refused(reply.Status);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend) =>
        (await http.Seat(backend).SsccRange().Get(http.RequestAborted)).Now is { } now
            ? Told(now) : Problem.NotFound("no-prefix", "No company prefix was set.");

    static IResult Told(SsccPrefix now) => Answer.Ok(
        new(now.Prefix, now.Extension, now.Next, now.Count - now.Next), ApiJson.Wire.SsccPrefixBody);

    internal static Problem Refused(SsccStatus status) => status switch
    {
        SsccStatus.NotValid => Problem.Invalid("/companyPrefix", "bad-prefix", "must be 7 to 10 digits"),
        SsccStatus.Overlaps => Problem.Conflict(
            "overlaps", "Another prefix was used that begins like it: numbers could be issued twice."),
        SsccStatus.TooMany => Problem.Conflict(
            "too-many", $"{SsccRange.MaxPrefixes} prefixes were used, which is the most."),
        SsccStatus.NoPrefix => Problem.Conflict(
            "no-prefix", "No company prefix was set: PUT /v1/sscc-prefix first, or name an lpn of your own."),
        SsccStatus.Exhausted => Problem.Conflict("exhausted", "All numbers of the prefix were issued; set another."),
        SsccStatus.Done or SsccStatus.AlreadyDone => throw new System.Diagnostics.UnreachableException(),
    };
}
