using System.Security.Cryptography;
using System.Text;
using Fulfillment.Composition;

namespace Fulfillment.Tests.Engine;

/// <summary>The tree is the one of the RFCs, at every size, and proves what it has and nothing else.</summary>
public sealed class MerkleTreeTests
{
    const int BlockSize = 4, Largest = 70;

    /// <summary>Of google/certificate-transparency, the reference implementation.</summary>
    [Fact]
    public void The_roots_are_those_of_the_reference_implementation()
    {
        string[] leaves =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        MerkleTree tree = new(2, _ => throw new InvalidOperationException());
        for (var size = 0; size <= 8; size++)
        {
            Assert.Equal(roots[size], Convert.ToHexStringLower(tree.Root));
            if (size < 8) tree.Append(Merkle.Leaf(Convert.FromHexString(leaves[size])));
        }
    }

    [Fact]
    public void Every_root_now_and_later_is_that_of_the_definition()
    {
        var (tree, leaves) = Grown(Largest);
        for (var size = 1; size <= Largest; size++) Assert.Equal(Naive(leaves[..size]), tree.RootAt(size));
    }

    [Fact]
    public void Every_leaf_is_proven_at_every_size_and_in_its_place_only()
    {
        var (tree, leaves) = Grown(Largest);
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = tree.Inclusion(index, size);
                var root = tree.RootAt(size);
                Assert.Equal(root, RootOf(leaves[index], index, size, path));
                Assert.NotEqual(root, RootOf(leaves[(index + 1) % Largest], index, size, path));
                if (size > 1) Assert.NotEqual(root, RootOf(leaves[index], (index + 1) % size, size, path));
                if (path.Count > 0)
                    Assert.NotEqual(root, RootOf(leaves[index], index, size, [.. path.SkipLast(1)]));
            }
        }
    }

    [Fact]
    public void Every_size_is_proven_to_add_to_every_smaller_one_and_to_no_other_past()
    {
        var (tree, leaves) = Grown(Largest);
        byte[][] other = [.. leaves];
        other[0] = Merkle.Leaf("another"u8);
        for (var to = 1; to <= Largest; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var nodes = tree.Consistency(from, to);
                Assert.True(Consistent(from, to, tree.RootAt(from), tree.RootAt(to), nodes));
                Assert.False(Consistent(from, to, Naive(other[..from]), tree.RootAt(to), nodes));
            }
        }
    }

    [Fact]
    public void A_block_that_is_not_what_it_was_is_not_proven_with()
    {
        byte[][] leaves = [.. Enumerable.Range(0, 9).Select(i => Merkle.Leaf(Encoding.UTF8.GetBytes($"{i}")))];
        MerkleTree tree = new(BlockSize, _ => [.. leaves[..3], Merkle.Leaf("another"u8)]);
        foreach (var leaf in leaves) tree.Append(leaf);
        Assert.Throws<Fulfillment.Engine.JournalException>(() => tree.Inclusion(1, 9));
    }

    /// <summary>A tree that has forgotten the leaves of its complete blocks.</summary>
    static (MerkleTree Tree, byte[][] Leaves) Grown(int size)
    {
        byte[][] leaves = [.. Enumerable.Range(0, size).Select(i => Merkle.Leaf(Encoding.UTF8.GetBytes($"leaf {i}")))];
        MerkleTree tree = new(BlockSize, n => leaves[(int)(n * BlockSize)..(int)((n + 1) * BlockSize)]);
        foreach (var leaf in leaves) tree.Append(leaf);
        Assert.Equal(size, tree.Size);
        return (tree, leaves);
    }

    /// <summary>RFC 6962, section 2.1, word by word.</summary>
    static byte[] Naive(byte[][] leaves)
    {
        if (leaves.Length == 1) return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Length) k *= 2;
        return SHA256.HashData([0x01, .. Naive(leaves[..k]), .. Naive(leaves[k..])]);
    }

    /// <summary>RFC 9162, section 2.1.3.2; null where the path has the wrong length.</summary>
    static byte[]? RootOf(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            if (sn == 0) return null;
            if (fn % 2 == 1 || fn == sn)
            {
                r = SHA256.HashData([0x01, .. p, .. r]);
                while (fn % 2 == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                r = SHA256.HashData([0x01, .. r, .. p]);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 ? r : null;
    }

    /// <summary>RFC 9162, section 2.1.4.2.</summary>
    static bool Consistent(long first, long second, byte[] firstRoot, byte[] secondRoot, IReadOnlyList<byte[]> nodes)
    {
        if (first == second) return nodes.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        List<byte[]> path = [.. nodes];
        if ((first & (first - 1)) == 0) path.Insert(0, firstRoot);
        if (path.Count == 0) return false;
        var (fn, sn) = (first - 1, second - 1);
        while (fn % 2 == 1) (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0) return false;
            if (fn % 2 == 1 || fn == sn)
            {
                fr = SHA256.HashData([0x01, .. c, .. fr]);
                sr = SHA256.HashData([0x01, .. c, .. sr]);
                while (fn % 2 == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                sr = SHA256.HashData([0x01, .. sr, .. c]);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr.AsSpan().SequenceEqual(firstRoot) && sr.AsSpan().SequenceEqual(secondRoot);
    }
}
