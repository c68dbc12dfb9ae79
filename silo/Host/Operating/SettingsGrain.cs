using Fulfillment.Access;

namespace Fulfillment.Silo.Operating;

/// <summary>What is kept of the settings. Its name and its fields stand in the database.</summary>
[GenerateSerializer, Alias("fulfillment.kept-settings")]
public sealed class KeptSettings
{
    /// <summary>See <see cref="ClusterSettings.IsReadOnly"/>.</summary>
    [Id(0)]
    public bool ReadOnly { get; set; }

    /// <summary>See <see cref="ClusterSettings.Reason"/>.</summary>
    [Id(1)]
    public string Reason { get; set; } = "";

    /// <summary>See <see cref="ClusterSettings.By"/>.</summary>
    [Id(2)]
    public string By { get; set; } = "";

    /// <summary>See <see cref="ClusterSettings.Since"/>.</summary>
    [Id(3)]
    public DateTimeOffset Since { get; set; } = ClusterSettings.Initial.Since;

    /// <summary>See <see cref="ClusterSettings.Revision"/>.</summary>
    [Id(4)]
    public long Revision { get; set; }
}

/// <summary>
/// Keeps the settings in Orleans' grain storage, so that they outlive every silo, and tells each silo of a change. One
/// that is missed asks by itself (<see cref="SettingsKeeper"/>).
/// </summary>
public sealed class SettingsGrain(
    [PersistentState("cluster-settings")] IPersistentState<KeptSettings> kept, SiloDesks desks, TimeProvider time)
    : Grain, ISettingsGrain
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    ClusterSettings _current = ClusterSettings.Initial;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = Of(kept.State);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ClusterSettings> Get() => Task.FromResult(_current);

    /// <inheritdoc/>
    public async Task<SettingsReply> SetReadOnly(bool readOnly, string reason, string by)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (readOnly) ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (reason.Length > ClusterSettings.MostReason)
            throw new ArgumentOutOfRangeException(nameof(reason), "The reason is too long.");
        if (_current.IsReadOnly != readOnly || _current.Reason != reason) await Keep(readOnly, reason, by);
        var settings = _current;
        var (_, unheard) = await desks.AskAll(
            async desk =>
            {
                await desk.Learn(settings);
                return true;
            },
            Patience);
        return new(settings, unheard);
    }

    async Task Keep(bool readOnly, string reason, string by)
    {
        kept.State = new()
        {
            ReadOnly = readOnly,
            Reason = reason,
            By = by,
            Since = time.GetUtcNow(),
            Revision = _current.Revision + 1,
        };
        try
        {
            await kept.WriteStateAsync();
        }
        catch
        {
            // It may have been written or not: the next call reads what is true.
            DeactivateOnIdle();
            throw;
        }

        _current = Of(kept.State);
    }

    static ClusterSettings Of(KeptSettings kept) =>
        new(kept.ReadOnly, kept.Reason, kept.By, kept.Since, kept.Revision);
}
