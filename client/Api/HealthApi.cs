namespace Fulfillment.Client.Api;

/// <summary>Whether the process lives, and whether it can take in work.</summary>
public static class HealthApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Answer.Ok(new HealthBody("ok", null), ApiJson.Wire.HealthBody))
            .Describe("isAlive", "Whether the process lives", "health").Answers<HealthBody>(200);
        routes.MapGet("/readyz", (Backend backend) => backend.Trouble() is { } trouble
                ? new Problem(503, "not-ready", "The server is not ready.", trouble, retryAfter: 1)
                : Answer.Ok(new HealthBody("ready", null), ApiJson.Wire.HealthBody))
            .Describe("isReady", "Whether it can take in work", "health").Answers<HealthBody>(200).Refuses();
    }
}
