using System.Globalization;
using Fulfillment.Client.Papers;
using Fulfillment.Picking;

namespace Fulfillment.Client.Api;

/// <summary>A pick list on paper, for who has no scanner: as it was released.</summary>
public static class PickListPapersApi
{
    /// <summary>Adds the route.</summary>
    public static void MapPickListPapers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/pick-lists/{id}/paper", Paper)
            .Describe("getPickListPaper", "The pick list as PDF, in the order of the walk", "papers")
            .AnswersPaper().Refuses(400, 404);

    static async Task<IResult> Paper(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        if ((await seat.PickList(id).Get(http.RequestAborted)).Sheet is not { } list)
            return PickListAnswers.Unknown(id);
        var terms = list.Terms;
        var cards = await PapersApi.Cards(seat, terms.Tasks.Select(t => t.Sku), http.RequestAborted);
        var notes = new string?[terms.Tasks.Length];
        for (var i = 0; i < notes.Length; i++) notes[i] = await SoldLines.Note(terms.Tasks[i].SoldAs, backend);
        PickListSheet sheet = new(
            id, $"Pick list {id}", await PapersApi.NodeName(seat, terms.Node, http.RequestAborted), list.ReleasedAt,
            [
                .. from stop in terms.Tasks.Zip(notes)
                   let t = stop.First
                   let work = terms.For[t.Work - 1]
                   select new PickStop(
                       t.Bin ?? "look for it", PapersApi.Item(t.Sku, cards, stop.Second), t.Units, work.Tote, t.Lot,
                       OrderBodies.FulfilmentId(work.Order, work.Fulfilment)),
            ], [.. Facts(terms)]);
        return PaperAnswer.Of(http, $"pick-list-{id}", PickListPaper.Draw(sheet));
    }

    static IEnumerable<PaperFact> Facts(PickTerms terms)
    {
        yield return new("Method", Words<PickMethod>.Of(terms.Method));
        if (terms.Wave is { } wave) yield return new("Wave", wave);
        if (terms.Due is { } due)
        {
            yield return new("Leaves by", due.UtcDateTime.ToString(
                "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        }

        if (terms.Walk is { } walk)
        {
            var beside = walk.SShapeMm is { } shape
                ? string.Create(CultureInfo.InvariantCulture, $" (S-shape {shape / 1_000} m)") : "";
            yield return new("Way", string.Create(
                CultureInfo.InvariantCulture, $"{walk.LengthMm / 1_000} m{beside}"));
        }
    }
}
