/**
 * Pages, snapshots and transactions over any kind of storage; never heard of a tree. Hot: {@link dev.verso.pager.Pager#read} and
 * {@link dev.verso.pager.PageCache}. Begin with {@link dev.verso.pager.Pager}, then {@link dev.verso.pager.PageStore}.
 */
package dev.verso.pager;
