using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// A carrier as he is asked here: behind a breaker. <c>Account</c>: masked, null for none. <c>Fallback</c>: the table
/// that stands in for his prices, null for none.
/// </summary>
public sealed class CarrierDesk(ICarrier carrier, string? account, CourierTable? fallback, TimeProvider time)
{
    /// <summary>The carrier.</summary>
    public ICarrier Carrier { get; } = carrier;

    /// <summary>The account, masked.</summary>
    public string? Account { get; } = account;

    /// <summary>What stands in for his prices.</summary>
    public CourierTable? Fallback { get; } = fallback;

    /// <summary>Whether he is asked.</summary>
    public CarrierBreaker Breaker { get; } = new(time);

    /// <summary>
    /// Asks him, at most for so long (as long as he has, when null). Throws <see cref="ProviderUnclearException"/>
    /// where he has not answered, and at once where he is left alone.
    /// </summary>
    public async ValueTask<T> Ask<T>(
        Func<ICarrier, CancellationToken, ValueTask<T>> call, TimeSpan? within, CancellationToken cancel)
    {
        if (!Breaker.Enter())
            throw new ProviderUnclearException(
                Carrier.Name, $"is left alone: {Breaker.Now.Why}", null, ProviderTrouble.NotAsked);
        var started = time.GetUtcNow();
        try
        {
            var answer = await InTime(call, within, cancel);
            // He may not have been asked at all.
            if (Carrier.Answered is { } at && at < started) Breaker.Abandoned();
            else Breaker.Answered();
            return answer;
        }
        catch (ProviderUnclearException e)
        {
            // Who answers, but not so many calls in our time, is not dead.
            if (e.Trouble == ProviderTrouble.Timeout && Carrier.Answered >= started) Breaker.Abandoned();
            else Breaker.Failed(e.Why);
            throw;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Breaker.Abandoned();
            throw;
        }
        catch (Exception e)
        {
            // A failure of ours may not hide the others, and says nothing of the carrier.
            Breaker.Abandoned();
            throw new ProviderUnclearException(Carrier.Name, "could not be asked, or not be understood", e);
        }
    }

    /// <summary>A carrier who does not let go when told to is not waited for.</summary>
    async ValueTask<T> InTime<T>(
        Func<ICarrier, CancellationToken, ValueTask<T>> call, TimeSpan? within, CancellationToken cancel)
    {
        if (within is not { } limit) return await call(Carrier, cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            return await call(Carrier, stop.Token).AsTask().WaitAsync(limit, time, cancel);
        }
        catch (TimeoutException e)
        {
            await stop.CancelAsync();
            throw new ProviderUnclearException(
                Carrier.Name, $"did not answer within {limit.TotalSeconds:0.#} s", e, ProviderTrouble.Timeout);
        }
    }
}
