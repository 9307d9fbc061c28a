namespace TransferLearning.Heads;

/// <summary>How the weights of a head are found. The problem is convex, so all approach the same optimum; they differ in speed.</summary>
public enum HeadOptimizer
{
    /// <summary>
    /// Limited-memory BFGS (Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", 1989) over all images at
    /// once: the fastest for thousands of images; it needs no learning rate.
    /// </summary>
    Lbfgs,

    /// <summary>
    /// Stochastic gradient descent with Nesterov's momentum (Sutskever et al., "On the importance of initialization and momentum in deep
    /// learning", 2013) over shuffled batches.
    /// </summary>
    Nesterov,

    /// <summary>Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) over shuffled batches.</summary>
    Adam,
}
