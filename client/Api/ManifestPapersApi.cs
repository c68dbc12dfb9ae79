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
            .Describe("getManifestForm", "The end-of-day form of a manifest that is to be closed, as PDF", "shipping")
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
        if (sheet.Close is not { } close)
            return Problem.Conflict(
                "manifest-open", $"Manifest {id} is {Words<ManifestStatus>.Of(sheet.Status)}: close it, and it has"
                + " its form.");
        ManifestForm form = new(
            id, await PapersApi.NodeName(seat, sheet.Terms.Node, http.RequestAborted), sheet.Terms.Carrier,
            sheet.Terms.Account, sheet.Terms.Day, sheet.ClosedAt ?? close.At, close.By, sheet.Carrier?.Id,
            close.Override,
            [
                .. sheet.Parcels.Where(p => p.HasLeft == true).Select(
                    p => new ManifestFormLine(p.TrackingNumber, p.Service, p.Parcel, p.Grams)),
            ],
            Note(sheet));
        return PaperAnswer.Of(http, $"manifest-{id}", ManifestPaper.Draw(form));
    }

    static string? Note(ManifestSheet sheet)
    {
        var open = sheet.Parcels.Count(p => p.HasLeft is null);
        return open > 0 ? $"Parcels that are still being handed over, and are not on this form: {open}. Print it again."
            : sheet.Carrier is not { Status: null } told ? null
            : sheet.ClosedAt is null ? $"{sheet.Terms.Carrier} has not answered yet."
            : told.Unknown ? $"Nobody knows whether {sheet.Terms.Carrier} was told: this form goes with the parcels."
            : $"{sheet.Terms.Carrier} was not told: this form goes with the parcels.";
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
