using System.Collections.Immutable;

namespace Fulfillment.Picking;

/// <summary>
/// A part of the aisles that is one block: aisles beside each other that meet one or two cross aisles and nothing else,
/// and are walked both ways. Places on a cross aisle, as doors are, become rungs that end where they begin.
/// </summary>
/// <param name="Ladder">The block.</param>
/// <param name="Stops">Of each place, where it is in it.</param>
sealed record PickBlock(Ladder Ladder, ImmutableArray<RungStop> Stops)
{
    /// <summary>The block that holds the places; null when their aisles are not one block.</summary>
    public static PickBlock? Of(WayGraph graph, IReadOnlyList<Landing> places)
    {
        var part = graph.PartOf(places[0].Aisle);
        int[] aisles = [.. Enumerable.Range(0, graph.Aisles.Length).Where(a => graph.PartOf(a) == part)];
        int[] crosses = [.. aisles.Where(a => graph.Aisles[a].Cross)];
        if (crosses.Length is not (1 or 2) || aisles.Any(a => graph.Aisles[a].OneWay)) return null;
        Dictionary<int, Post> posts = [];
        foreach (var aisle in aisles.Except(crosses))
        {
            if (Post.Of(graph.Junctions(aisle), crosses) is not { } post) return null;
            posts[aisle] = post;
        }

        if (crosses.Any(c => graph.Junctions(c).Any(j => crosses.Contains(j.Other)))) return null;
        List<Post> all = [.. posts.Values];
        var own = new Post[places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            if (!posts.TryGetValue(places[i].Aisle, out own[i]!))
                all.Add(own[i] = Post.OnCross(places[i].At, places[i].Aisle == crosses[0]));
            else if (!own[i].Takes(places[i].At)) return null;
        }

        if (InOrder(all, crosses.Length == 1) is not { } rungs) return null;
        return new(
            new(rungs), [.. places.Select((p, i) => new RungStop(own[i].Rung, own[i].FromFront(p.At)))]);
    }

    /// <summary>From left to right, each with the way to the next; null where front and back differ in that.</summary>
    static ImmutableArray<Rung>? InOrder(List<Post> posts, bool isComb)
    {
        List<Post> through = [.. posts.Where(p => p is { Front: not null, Back: not null }).OrderBy(p => p.Front)];
        if (through.Count > 1 && through[0].Back > through[1].Back)
            foreach (var post in posts) post.Back = -post.Back;
        for (var i = 1; i < through.Count; i++)
            if (through[i].Back <= through[i - 1].Back) return null;
        Queue<Post> fronts = new(posts.Where(p => p.Back is null).OrderBy(p => p.Front)),
            backs = new(posts.Where(p => p.Front is null).OrderBy(p => p.Back));
        List<Post> order = [];
        foreach (var post in through)
        {
            while (fronts.TryPeek(out var f) && f.Front <= post.Front) order.Add(fronts.Dequeue());
            while (backs.TryPeek(out var b) && b.Back <= post.Back) order.Add(backs.Dequeue());
            order.Add(post);
        }

        order.AddRange(fronts);
        order.AddRange(backs);
        for (var i = 0; i < order.Count; i++) order[i].Rung = i;
        // What is not on a cross aisle is beside the one before it.
        var front = Filled([.. order.Select(p => p.Front)]);
        var back = Filled([.. order.Select(p => p.Back)]);
        return [.. order.Select((p, i) => new Rung(
            p.Length, Step(front, i), isComb ? Distances.NoWay : Step(back, i), p.Front is not null,
            p.Back is not null))];
    }

    static long Step(long[] at, int i) => i + 1 < at.Length ? at[i + 1] - at[i] : 0;

    static long[] Filled(long?[] told)
    {
        var last = told.FirstOrDefault(t => t is not null) ?? 0;
        return [.. told.Select(t => last = t ?? last)];
    }

    /// <summary>An aisle on its way to become a rung.</summary>
    sealed class Post
    {
        long _frontAt, _backAt, _most;
        bool _isUp = true;

        /// <summary>Where it meets the front cross aisle; null: it does not.</summary>
        public long? Front { get; private init; }

        /// <summary>Where it meets the back cross aisle; null: it does not.</summary>
        public long? Back { get; set; }

        public int Rung { get; set; }

        /// <summary>From front to back; of one that ends, to its furthest place.</summary>
        public long Length => Front is not null && Back is not null ? Math.Abs(_backAt - _frontAt) : _most;

        /// <summary>An aisle that meets nothing but the cross aisles, each once.</summary>
        public static Post? Of(IReadOnlyList<Junction> junctions, int[] crosses)
        {
            if (junctions.Count is not (1 or 2) || junctions.Any(j => !crosses.Contains(j.Other))
                || (junctions.Count == 2 && junctions[0].Other == junctions[1].Other))
                return null;
            var front = junctions.Where(j => j.Other == crosses[0]).Cast<Junction?>().SingleOrDefault();
            var back = junctions.Where(j => j.Other != crosses[0]).Cast<Junction?>().SingleOrDefault();
            return new()
            {
                Front = front?.OtherAt,
                Back = back?.OtherAt,
                _frontAt = front?.At ?? 0,
                _backAt = back?.At ?? 0,
            };
        }

        /// <summary>A place on a cross aisle.</summary>
        public static Post OnCross(long at, bool isFront) => new()
        {
            Front = isFront ? at : null,
            Back = isFront ? null : at,
            _frontAt = at,
            _backAt = at,
        };

        /// <summary>Whether the place is between front and back, or on the side of all of the one there is.</summary>
        public bool Takes(long at)
        {
            if (Front is not null && Back is not null)
                return at >= Math.Min(_frontAt, _backAt) && at <= Math.Max(_frontAt, _backAt);
            var from = at - (Front is null ? _backAt : _frontAt);
            if (from == 0) return true;
            if (_most > 0 && _isUp != from > 0) return false;
            (_isUp, _most) = (from > 0, Math.Max(_most, Math.Abs(from)));
            return true;
        }

        /// <summary>How far from its front the place is, once all are taken.</summary>
        public long FromFront(long at) =>
            Front is null ? Length - Math.Abs(at - _backAt) : Math.Abs(at - _frontAt);
    }
}
