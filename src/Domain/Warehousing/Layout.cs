using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Warehousing;

/// <summary>
/// Where things are in a node: zones, the aisles that pickers walk, and the bins. It belongs to the operator, like the
/// node. It says which bins take units; which units lie in them the SKUs know.
/// <para>
/// Nobody asks it but who puts units into a named bin, so orders are not slowed by it. Who is let in may do so for
/// <see cref="AdmittedFor"/>, which the movement carries with it; so <see cref="RemovableAfter"/> a bin has closed,
/// nothing can be on its way into it any more, and if it is empty then it stays so.
/// </para>
/// </summary>
/// <param name="Zones">Ordinal.</param>
/// <param name="Aisles">Ordinal.</param>
/// <param name="Bins">By id.</param>
/// <param name="Revision">Changes so far.</param>
public sealed record Layout(
    ImmutableArray<Zone> Zones, ImmutableArray<Aisle> Aisles, ImmutableSortedDictionary<string, BinNow> Bins,
    long Revision)
    : IEntity<Layout, LayoutCommand, LayoutEvent>
{
    /// <summary>The most zones of a node.</summary>
    public const int MaxZones = 200;

    /// <summary>The most aisles of a node.</summary>
    public const int MaxAisles = 1_000;

    /// <summary>The most bins of a node: in memory they take about 20 MB, their snapshot 10 MB.</summary>
    public const int MaxBins = 50_000;

    /// <summary>The most bins of one change.</summary>
    public const int MaxPutAtOnce = 1_000;

    /// <summary>How long who asked may put units into a bin.</summary>
    public static readonly TimeSpan AdmittedFor = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long after it closed a bin may be removed: whoever was let in is done by then, even if clocks differ by
    /// twice as long as he had.
    /// </summary>
    public static readonly TimeSpan RemovableAfter = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public static Layout Initial { get; } = new(
        [], [], ImmutableSortedDictionary.Create<string, BinNow>(StringComparer.Ordinal), 0);

    /// <inheritdoc/>
    public static Decision<LayoutEvent> Decide(Layout layout, LayoutCommand command, Turn turn) => command switch
    {
        LayoutCommand.PutZone c => PutZone(layout, c.Zone),
        LayoutCommand.RemoveZone c => RemoveZone(layout, c.Zone),
        LayoutCommand.PutAisles c => PutAisles(layout, c.Aisles),
        LayoutCommand.RemoveAisle c => RemoveAisle(layout, c.Aisle),
        LayoutCommand.PutBins c => PutBins(layout, c),
        LayoutCommand.Block c => Turn(layout, c.Bin, BinStatus.Blocked, c.Reason, turn),
        LayoutCommand.Open c => Turn(layout, c.Bin, BinStatus.Open, c.Reason, turn),
        LayoutCommand.Close c => Turn(layout, c.Bin, BinStatus.Closed, c.Reason, turn),
        LayoutCommand.Remove c => Remove(layout, c, turn),
        LayoutCommand.Admit c => new(Admit(layout, c, turn)),
        LayoutCommand.GetPlan => new(new LayoutPlan(layout.Zones, layout.Aisles, layout.Bins.Count, layout.Revision)),
        LayoutCommand.GetBin c => layout.Answer(
            layout.Bins.ContainsKey(c.Bin) ? LayoutStatus.Unchanged : LayoutStatus.UnknownBin, bin: c.Bin),
        LayoutCommand.GetFloor c => new(new LayoutFloor(
            layout.Zones, layout.Aisles,
            [.. c.Bins.Where(layout.Bins.ContainsKey).Select(b => layout.Bins[b].Bin)],
            [.. c.Bins.Where(b => !layout.Bins.ContainsKey(b))])),
        _ => throw new UnreachableException(),
    };

    static Decision<LayoutEvent> PutZone(Layout layout, Zone zone)
    {
        var known = layout.Zone(zone.Id);
        if (known?.Says(zone) == true) return layout.Answer(LayoutStatus.Unchanged);
        if (known is null && layout.Zones.Length >= MaxZones) return layout.Answer(LayoutStatus.TooMany);

        return layout.Answer(
            known is null ? LayoutStatus.Created : LayoutStatus.Changed, new LayoutEvent.ZonePut(zone));
    }

    static Decision<LayoutEvent> RemoveZone(Layout layout, string zone)
    {
        if (layout.Zone(zone) is null) return layout.Answer(LayoutStatus.UnknownZone, subject: zone);
        if (layout.Bins.Values.FirstOrDefault(b => b.Bin.Zone == zone) is { } used)
            return layout.Answer(LayoutStatus.InUse, subject: used.Bin.Id);

        return layout.Answer(LayoutStatus.Changed, new LayoutEvent.ZoneRemoved(zone));
    }

    static Decision<LayoutEvent> PutAisles(Layout layout, ImmutableArray<Aisle> aisles)
    {
        var changed = aisles.Where(a => layout.Aisle(a.Id) != a).ToImmutableArray();
        if (changed.IsEmpty) return layout.Answer(LayoutStatus.Unchanged);
        var created = changed.Count(a => layout.Aisle(a.Id) is null);
        if (layout.Aisles.Length + created > MaxAisles) return layout.Answer(LayoutStatus.TooMany);

        return layout.Answer(
            created > 0 ? LayoutStatus.Created : LayoutStatus.Changed, new LayoutEvent.AislesPut(changed),
            created: created, changed: changed.Length - created);
    }

    static Decision<LayoutEvent> RemoveAisle(Layout layout, string aisle)
    {
        if (layout.Aisle(aisle) is null) return layout.Answer(LayoutStatus.UnknownAisle, subject: aisle);
        if (layout.Bins.Values.FirstOrDefault(b => b.Bin.Aisle == aisle) is { } used)
            return layout.Answer(LayoutStatus.InUse, subject: used.Bin.Id);

        return layout.Answer(LayoutStatus.Changed, new LayoutEvent.AisleRemoved(aisle));
    }

    static Decision<LayoutEvent> PutBins(Layout layout, LayoutCommand.PutBins c)
    {
        if (c.IfRevision is { } wanted && wanted != (layout.Bins.GetValueOrDefault(c.Bins[0].Id)?.Revision ?? 0))
            return layout.Answer(LayoutStatus.Stale, bin: c.Bins[0].Id);
        HashSet<string> zones = [.. layout.Zones.Select(z => z.Id)], aisles = [.. layout.Aisles.Select(a => a.Id)];
        foreach (var bin in c.Bins)
        {
            if (!zones.Contains(bin.Zone)) return layout.Answer(LayoutStatus.UnknownZone, subject: bin.Id);
            if (bin.Aisle is not null && !aisles.Contains(bin.Aisle))
                return layout.Answer(LayoutStatus.UnknownAisle, subject: bin.Id);
            if (c.Seller is not null && layout.Bins.GetValueOrDefault(bin.Id)?.Bin.Face is { } face
                && face.Seller != c.Seller && face != bin.Face)
                return layout.Answer(LayoutStatus.FaceOfOther, subject: bin.Id);
        }

        var changed = c.Bins.Where(b => layout.Bins.GetValueOrDefault(b.Id)?.Bin != b).ToImmutableArray();
        if (changed.IsEmpty) return layout.Answer(LayoutStatus.Unchanged, bin: c.Bins[0].Id);
        var created = changed.Count(b => !layout.Bins.ContainsKey(b.Id));
        if (changed.Length > MaxPutAtOnce || layout.Bins.Count + created > MaxBins)
            return layout.Answer(LayoutStatus.TooMany);

        return layout.Answer(
            created > 0 ? LayoutStatus.Created : LayoutStatus.Changed, new LayoutEvent.BinsPut(changed),
            bin: c.Bins[0].Id, created: created, changed: changed.Length - created);
    }

    static Decision<LayoutEvent> Turn(Layout layout, string bin, BinStatus status, string? reason, Turn turn)
    {
        if (!layout.Bins.TryGetValue(bin, out var known))
            return layout.Answer(LayoutStatus.UnknownBin, subject: bin);
        if (known.Status == status && known.Reason == reason) return layout.Answer(LayoutStatus.Unchanged, bin: bin);

        return layout.Answer(
            LayoutStatus.Changed, new LayoutEvent.BinTurned(bin, status, reason, turn.Now), bin: bin);
    }

    static Decision<LayoutEvent> Remove(Layout layout, LayoutCommand.Remove c, Turn turn)
    {
        if (!layout.Bins.TryGetValue(c.Bin, out var known))
            return layout.Answer(LayoutStatus.UnknownBin, subject: c.Bin);
        if (known.Revision != c.Revision) return layout.Answer(LayoutStatus.Stale, bin: c.Bin);
        if (known.Status != BinStatus.Closed) return layout.Answer(LayoutStatus.NotClosed, bin: c.Bin);
        if (turn.Now < known.Since + RemovableAfter) return layout.Answer(LayoutStatus.TooSoon, bin: c.Bin);

        return layout.Answer(LayoutStatus.Changed, new LayoutEvent.BinRemoved(c.Bin));
    }

    static AdmitReply Admit(Layout layout, LayoutCommand.Admit c, Turn turn)
    {
        var until = turn.Now + AdmittedFor;
        if (layout.Bins.IsEmpty) return new(BinAdmission.NoLayout, until);
        List<Bin>? limited = null;
        foreach (var id in c.Bins)
        {
            if (!layout.Bins.TryGetValue(id, out var bin)) return new(BinAdmission.UnknownBin, until, id);
            if (bin.Status != BinStatus.Open) return new(BinAdmission.Blocked, until, id, bin.Reason);
            if (bin.Bin.Room.IsLimited) (limited ??= []).Add(bin.Bin);
        }

        return new(BinAdmission.Admitted, until, Limited: limited is null ? default : [.. limited]);
    }

    Zone? Zone(string id) => Zones.FirstOrDefault(z => z.Id == id);

    Aisle? Aisle(string id) => Aisles.FirstOrDefault(a => a.Id == id);

    Decision<LayoutEvent> Answer(
        LayoutStatus status, LayoutEvent? happened = null, string? subject = null, string? bin = null, int created = 0,
        int changed = 0)
    {
        var after = happened is null ? this : Evolve(this, happened);
        LayoutReply reply = new(
            status, after.Revision, subject, bin is null ? null : after.Bins.GetValueOrDefault(bin), created, changed);
        return happened is null ? new(reply) : new(reply, happened);
    }

    /// <inheritdoc/>
    public static Layout Evolve(Layout before, LayoutEvent happened)
    {
        var layout = before with { Revision = before.Revision + 1 };
        return happened switch
        {
            LayoutEvent.ZonePut e => layout with
            {
                Zones = [.. layout.Zones.Where(z => z.Id != e.Zone.Id).Append(e.Zone)
                    .OrderBy(z => z.Id, StringComparer.Ordinal)],
            },
            LayoutEvent.ZoneRemoved e => layout with { Zones = layout.Zones.RemoveAll(z => z.Id == e.Zone) },
            LayoutEvent.AislesPut e => layout with
            {
                Aisles = [.. e.Aisles.Concat(layout.Aisles).DistinctBy(a => a.Id)
                    .OrderBy(a => a.Id, StringComparer.Ordinal)],
            },
            LayoutEvent.AisleRemoved e => layout with { Aisles = layout.Aisles.RemoveAll(a => a.Id == e.Aisle) },
            LayoutEvent.BinsPut e => layout with
            {
                Bins = layout.Bins.SetItems(e.Bins.Select(b => KeyValuePair.Create(
                    b.Id, layout.Bins.GetValueOrDefault(b.Id) is { } known
                        ? known with { Bin = b, Revision = layout.Revision } : new(b, layout.Revision)))),
            },
            LayoutEvent.BinTurned e => layout with
            {
                Bins = layout.Bins.SetItem(e.Bin, layout.Bins[e.Bin] with
                {
                    Status = e.Status,
                    Reason = e.Reason,
                    Since = e.At,
                    Revision = layout.Revision,
                }),
            },
            LayoutEvent.BinRemoved e => layout with { Bins = layout.Bins.Remove(e.Bin) },
            _ => throw new UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public static string? Check(Layout layout, LayoutEvent? last)
    {
        if (layout.Zones.Length > MaxZones || layout.Aisles.Length > MaxAisles || layout.Bins.Count > MaxBins)
            return $"{layout.Zones.Length} zones, {layout.Aisles.Length} aisles, {layout.Bins.Count} bins";
        // Fifty thousand bins are not looked at after every event that leaves them alone.
        if (last is not (null or LayoutEvent.ZoneRemoved)) return null;
        HashSet<string> zones = [.. layout.Zones.Select(z => z.Id)];
        return layout.Bins.Values.FirstOrDefault(b => !zones.Contains(b.Bin.Zone)) is { } lost
            ? $"bin {lost.Bin.Id} is in zone {lost.Bin.Zone}, which is gone" : null;
    }
}
