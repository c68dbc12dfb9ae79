using Fulfillment.Client.Papers;
using Fulfillment.Composition;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>What is signed at hand-over: our own form, and the carrier's as he gave it.</summary>
static class ManifestPapersApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapManifestPapers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/manifests/{id}/form", Form)
            .Describe("getManifestForm", "The end-of-day form of a closed manifest, as PDF", "shipping")
            .AnswersPaper().Refuses(400, 404, 409);
        routes.MapGet("/v1/manifests/{id}/carrier-form", CarrierForm)
            .Describe("getCarrierForm", "The form that the carrier gave, byte by byte", "shipping")
            .AnswersPaper().Refuses(400, 404);
    }

    static async Task<IResult> Form(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        if ((await seat.Manifest(id).Get(http.RequestAborted)).Manifest is not { } sheet)
            return ManifestAnswers.Unknown(id);
        if (sheet.ClosedAt is null)
            return Problem.Conflict(
                "manifest-open", $"Manifest {id} is {Words<ManifestStatus>.Of(sheet.Status)}: it has its form once it"
                + " is closed.");
        ManifestForm form = new(
            id, await PapersApi.NodeName(seat, sheet.Terms.Node, http.RequestAborted), sheet.Terms.Carrier,
            sheet.Terms.Account, sheet.Terms.Day, sheet.ClosedAt.Value, sheet.Close!.By, sheet.Carrier?.Id,
            sheet.Close.Override,
            [
                .. sheet.Parcels.Select(p => new ManifestFormLine(p.TrackingNumber, p.Service, p.Parcel, p.Grams)),
            ]);
        return PaperAnswer.Of(http, $"manifest-{id}", ManifestPaper.Draw(form));
    }

    static async Task<IResult> CarrierForm(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        if ((await seat.Manifest(id).Get(http.RequestAborted)).Manifest is not { } sheet)
            return ManifestAnswers.Unknown(id);
        LabelSafe safe = new(backend.Keyring, backend.Files);
        return sheet.Carrier?.Form is { } form && await safe.Read(
            seat.Seller, LabelDesk.SubjectOf(id), form, http.RequestAborted) is { } bytes
            ? PaperAnswer.Of(http, $"manifest-{id}-{sheet.Terms.Carrier}", bytes)
            : Problem.NotFound("no-form", $"{sheet.Terms.Carrier} gave no form for manifest {id}.");
    }
}
