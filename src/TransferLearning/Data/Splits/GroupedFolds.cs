namespace TransferLearning.Data.Splits;

/// <summary>Assigns groups of rows to folds, each class spread as evenly as the groups allow.</summary>
internal static class GroupedFolds
{
    /// <summary>[n]: the fold of each row, from 0; rows of one group share a fold. With fewer groups than folds, some stay empty.</summary>
    /// <param name="labels">[n]: the classes.</param>
    /// <param name="groups">[n]: rows with equal numbers must stay together.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="seed">Seeds the shuffling.</param>
    public static int[] Assign(ReadOnlySpan<int> labels, ReadOnlySpan<int> groups, int folds, int seed)
    {
        int[][] rowsOf = [.. groups.ToArray().Index().GroupBy(g => g.Item, g => g.Index).Select(g => g.ToArray())];
        new Random(seed).Shuffle(rowsOf);
        var counts = new ClassCounts(labels, folds);
        int[] assigned = new int[labels.Length];

        // The largest go first, so that small ones even out the folds. The sort is stable: equal sizes keep their shuffled order.
        foreach (int[] rows in rowsOf.OrderByDescending(r => r.Length))
        {
            int fold = counts.Emptiest(rows);
            counts.Add(fold, rows);
            foreach (int row in rows)
            {
                assigned[row] = fold;
            }
        }

        return assigned;
    }

    /// <summary>The number of rows of each class in each fold so far.</summary>
    private sealed class ClassCounts
    {
        private readonly int[] _labels;
        private readonly int[] _totals;
        private readonly int[][] _inFold;
        private readonly int[] _sizes;

        public ClassCounts(ReadOnlySpan<int> labels, int folds)
        {
            _labels = labels.ToArray();
            _totals = new int[_labels.Max() + 1];
            foreach (int label in _labels)
            {
                _totals[label]++;
            }

            (_inFold, _sizes) = ([.. Enumerable.Range(0, folds).Select(_ => new int[_totals.Length])], new int[folds]);
        }

        /// <summary>
        /// The fold in which a group adds least to the sum of squares of the folds' shares of each class; of equal ones, the smallest.
        /// </summary>
        public int Emptiest(int[] rows)
        {
            int best = 0;
            double lowest = double.PositiveInfinity;
            for (int fold = 0; fold < _sizes.Length; fold++)
            {
                double crowd = 0;
                foreach (int row in rows)
                {
                    crowd += (double)_inFold[fold][_labels[row]] / _totals[_labels[row]];
                }

                if (crowd < lowest || (crowd == lowest && _sizes[fold] < _sizes[best]))
                {
                    (best, lowest) = (fold, crowd);
                }
            }

            return best;
        }

        public void Add(int fold, int[] rows)
        {
            _sizes[fold] += rows.Length;
            foreach (int row in rows)
            {
                _inFold[fold][_labels[row]]++;
            }
        }
    }
}
