using System.Diagnostics;

namespace Fulfillment.Engine.Embedded;

/// <summary>
/// The mailboxes in use, in shards so that callers seldom meet. When their estimated bytes exceed the budget, some are
/// let go of; the journal has everything. An entity that is used again some time after it came in is worth keeping; an
/// order of a flash sale is used for a few milliseconds and then not for hours, and must not push the SKUs out. So new
/// ones get a small part of the budget, and while others come in they are let go of as soon as they rest: who dies
/// young costs the garbage collector nothing. The rest is for those that are used again later, be it after they were
/// let go of more than once (Johnson and Shasha, "2Q", VLDB 1994, with its correlated reference period and ghosts).
/// </summary>
sealed class Registry
{
    const int ShardCount = 64, NewcomersShare = 32, GhostsPerShard = 4_096, MostLooks = 32, ReturnsToStay = 4;
    static readonly long Later = Stopwatch.Frequency / 4, LeastRest = Stopwatch.Frequency / 50;

    readonly long _budget;
    readonly CommitStats _commits;
    readonly Func<EntityId, Mailbox> _open;
    readonly Shard[] _shards;
    long _bytes, _newBytes;

    public Registry(long budget, CommitStats commits, Func<EntityId, Mailbox> open)
    {
        (_budget, _commits, _open) = (budget, commits, open);
        _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard(this))];
    }

    /// <summary>Entities in memory.</summary>
    public int Count => _shards.Sum(s => s.Count);

    /// <summary>Their estimated bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>
    /// The mailbox of the entity; a new one when it has none, or when <paramref name="closed"/> is it.
    /// </summary>
    public Mailbox Get(EntityId id, Mailbox? closed = null) =>
        _shards[(uint)id.GetHashCode() % ShardCount].Get(id, closed);

    /// <summary>Nobody takes turns any more: whoever waits is told.</summary>
    public void End() => Array.ForEach(_shards, shard => shard.End());

    /// <summary>The entity's estimated bytes may have changed.</summary>
    public void Weigh(Mailbox mailbox) => _shards[(uint)mailbox.Id.GetHashCode() % ShardCount].Weigh(mailbox);

    /// <summary>How long one rests who is done: between two turns an entity waits for a commit, or two.</summary>
    long Rest => Math.Max(LeastRest, 4 * (long)(_commits.Usual.TotalSeconds * Stopwatch.Frequency));

    sealed class Shard(Registry registry)
    {
        readonly Lock _lock = new();
        readonly Dictionary<EntityId, Mailbox> _byId = [];
        readonly LinkedList<Mailbox> _new = new(), _kept = new();
        readonly Dictionary<int, (byte Returns, byte AtRenewal)> _ghosts = [];
        readonly Queue<int> _ghostAges = new();

        public int Count
        {
            get { lock (_lock) return _byId.Count; }
        }

        public void End()
        {
            lock (_lock) foreach (var mailbox in _byId.Values) mailbox.End();
        }

        public Mailbox Get(EntityId id, Mailbox? closed)
        {
            lock (_lock)
            {
                if (_byId.TryGetValue(id, out var mailbox) && mailbox != closed)
                {
                    Touch(mailbox);
                    return mailbox;
                }

                if (mailbox is not null) Forget(mailbox);
                var now = Stopwatch.GetTimestamp();
                var tooMany = Interlocked.Read(ref registry._newBytes) > registry._budget / NewcomersShare;
                Evict(_new, tooMany ? now : now - registry.Rest);
                if (registry.Bytes > registry._budget) Evict(_kept.Count > 0 ? _kept : _new, now);
                mailbox = registry._open(id);
                mailbox.Since = mailbox.Touched = now;
                mailbox.IsNew = !Stays(id.GetHashCode());
                mailbox.Place = (mailbox.IsNew ? _new : _kept).AddFirst(mailbox);
                _byId.Add(id, mailbox);
                return mailbox;
            }
        }

        public void Weigh(Mailbox mailbox)
        {
            var weight = mailbox.Weight;
            lock (_lock)
            {
                var change = weight - mailbox.Counted;
                if (change == 0 || mailbox.Place is null) return;
                mailbox.Counted = weight;
                Interlocked.Add(ref registry._bytes, change);
                if (mailbox.IsNew) Interlocked.Add(ref registry._newBytes, change);
            }
        }

        void Touch(Mailbox mailbox)
        {
            if (mailbox.IsNew)
            {
                mailbox.Touched = Stopwatch.GetTimestamp();
                if (mailbox.Touched - mailbox.Since < Later) return;
                mailbox.IsNew = false;
                Interlocked.Add(ref registry._newBytes, -mailbox.Counted);
                _new.Remove(mailbox.Place!);
                _kept.AddFirst(mailbox.Place!);
            }
            else if (_kept.First != mailbox.Place)
            {
                _kept.Remove(mailbox.Place!);
                _kept.AddFirst(mailbox.Place!);
            }
        }

        /// <summary>
        /// A few of the longest unused, each time one comes in; those that are busy, or were touched after
        /// <paramref name="since"/>, are passed over.
        /// </summary>
        void Evict(LinkedList<Mailbox> from, long since)
        {
            var (looked, gone) = (0, 0);
            for (var place = from.Last; place is not null && gone < 4 && looked++ < MostLooks;)
            {
                var mailbox = place.Value;
                place = place.Previous;
                // Newcomers stand as they came, but for the busy: when one is too young, so are those before it.
                if (mailbox.IsNew && mailbox.Since > since) break;
                if (mailbox.Touched > since) continue;
                if (!mailbox.TryClose())
                {
                    // Whoever is busy for long must not keep the others.
                    from.Remove(mailbox.Place!);
                    from.AddFirst(mailbox.Place!);
                    continue;
                }

                if (mailbox.IsNew) Remember(mailbox.Id.GetHashCode());
                Forget(mailbox);
                gone++;
            }
        }

        void Remember(int ghost)
        {
            if (!_ghosts.TryAdd(ghost, default)) return;
            _ghostAges.Enqueue(ghost);
            if (_ghostAges.Count <= GhostsPerShard) return;
            var oldest = _ghostAges.Dequeue();
            var (returns, atRenewal) = _ghosts[oldest];
            if (returns == atRenewal)
            {
                _ghosts.Remove(oldest);
                return;
            }

            // It came back meanwhile: remembered for as long again.
            _ghosts[oldest] = (returns, returns);
            _ghostAges.Enqueue(oldest);
        }

        /// <summary>Who was let go of as a newcomer, and comes back again and again, is one to keep.</summary>
        bool Stays(int ghost)
        {
            if (!_ghosts.TryGetValue(ghost, out var known)) return false;
            if (known.Returns < ReturnsToStay) known.Returns++;
            _ghosts[ghost] = known;
            return known.Returns == ReturnsToStay;
        }

        void Forget(Mailbox mailbox)
        {
            _byId.Remove(mailbox.Id);
            (mailbox.IsNew ? _new : _kept).Remove(mailbox.Place!);
            Interlocked.Add(ref registry._bytes, -mailbox.Counted);
            if (mailbox.IsNew) Interlocked.Add(ref registry._newBytes, -mailbox.Counted);
            mailbox.Place = null;
        }
    }
}
