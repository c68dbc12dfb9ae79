using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>How routes are described for the OpenAPI document.</summary>
static class Routes
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary,
        string tag) =>
        route.WithName(name).WithSummary(summary).WithTags(tag);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<T>(status);
        return route;
    }

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<ProblemBody>(status, "application/problem+json");
        return route.Produces<ProblemBody>(503, "application/problem+json");
    }
}

static class Paging
{
    /// <summary>The cursor of a list by id: the last id of the page before.</summary>
    public static string? Id(string? cursor) => cursor is null || Fields.IsId(cursor) ? cursor
        : throw new ProblemException(
            Problem.Invalid("cursor", "bad-cursor", "The cursor is not one that a page ended with."));

    /// <summary>A page; a cursor that is none becomes an error that says so.</summary>
    public static Page<T> Of<T>(Func<Page<T>> list)
    {
        try
        {
            return list();
        }
        catch (FormatException e)
        {
            throw new ProblemException(Problem.Invalid("cursor", "bad-cursor", e.Message));
        }
    }
}
