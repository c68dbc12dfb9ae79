using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>What a carrier is called for: each has a breaker and a number of calls at once of its own.</summary>
public enum CarrierWork
{
    /// <summary>Prices: anybody may ask, and for some another price stands in.</summary>
    Prices,

    /// <summary>Labels, pickups, tracking and all else that somebody waits for.</summary>
    Parcels,
}

/// <summary>
/// A carrier as he is asked here: behind a breaker for prices and another one for everything else, so that questions
/// for prices that fail stop no label, and so many calls at once. <c>Account</c>: masked, null for none.
/// <c>Fallback</c>: the table that stands in for his prices, null for none.
/// </summary>
public sealed class CarrierDesk(ICarrier carrier, string? account, CourierTable? fallback, TimeProvider time)
{
    /// <summary>The carrier.</summary>
    public ICarrier Carrier { get; } = carrier;

    /// <summary>The account, masked.</summary>
    public string? Account { get; } = account;

    /// <summary>What stands in for his prices.</summary>
    public CourierTable? Fallback { get; } = fallback;

    /// <summary>Calls at once, of each kind of work.</summary>
    public const int MostAtOnce = 64;

    readonly int[] _under = new int[2];

    /// <summary>How long he takes.</summary>
    public CarrierMeter Meter { get; } = new();

    /// <summary>Whether he is asked for prices.</summary>
    public CarrierBreaker Breaker { get; } = new(time);

    /// <summary>Whether he is asked for everything else.</summary>
    public CarrierBreaker ParcelBreaker { get; } = new(time);

    /// <summary>
    /// Asks him, at most for so long (as long as he has, when null). Throws <see cref="ProviderUnclearException"/>
    /// where he has not answered, and at once where he is left alone or has <see cref="MostAtOnce"/> calls already.
    /// </summary>
    public async ValueTask<T> Ask<T>(
        Func<ICarrier, CancellationToken, ValueTask<T>> call, TimeSpan? within, CancellationToken cancel,
        CarrierWork work = CarrierWork.Prices, CarrierCall kind = CarrierCall.Rates)
    {
        var started = time.GetTimestamp();
        try
        {
            var answer = await Ask(call, work, within, cancel);
            Meter.Note(kind, time.GetElapsedTime(started), null);
            return answer;
        }
        catch (ProviderUnclearException e)
        {
            Meter.Note(kind, time.GetElapsedTime(started), e.Trouble);
            throw;
        }
    }

    async ValueTask<T> Ask<T>(
        Func<ICarrier, CancellationToken, ValueTask<T>> call, CarrierWork work, TimeSpan? within,
        CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _under[(int)work]) > MostAtOnce)
                throw new ProviderUnclearException(
                    Carrier.Name, $"has {MostAtOnce} questions already", null, ProviderTrouble.NotAsked);
            return await Guarded(work == CarrierWork.Prices ? Breaker : ParcelBreaker, call, within, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _under[(int)work]);
        }
    }

    async ValueTask<T> Guarded<T>(
        CarrierBreaker breaker, Func<ICarrier, CancellationToken, ValueTask<T>> call, TimeSpan? within,
        CancellationToken cancel)
    {
        if (!breaker.Enter())
            throw new ProviderUnclearException(
                Carrier.Name, $"is left alone: {breaker.Now.Why}", null, ProviderTrouble.NotAsked);
        var started = time.GetUtcNow();
        try
        {
            var answer = await InTime(call, within, cancel);
            // He may not have been asked at all.
            if (Carrier.Answered is { } at && at < started) breaker.Abandoned();
            else breaker.Answered();
            return answer;
        }
        catch (ProviderUnclearException e)
        {
            // Who answers, but not so many calls in our time, is not dead.
            if (e.Trouble == ProviderTrouble.Timeout && Carrier.Answered >= started) breaker.Abandoned();
            else breaker.Failed(e.Why);
            throw;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            breaker.Abandoned();
            throw;
        }
        catch (Exception e)
        {
            // A failure of ours may not hide the others, and says nothing of the carrier.
            breaker.Abandoned();
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
